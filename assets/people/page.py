"""A document written in a little Markdown (headings, lists, tables, paragraphs) as a page by itself."""

from html import escape


def as_page(text: str) -> str:
    """The whole page; the first line is its title, and nothing in the text is taken for markup."""
    body: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            body.append(f"<h{level}>{_inline(line.lstrip('# '))}</h{level}>")
        elif line.startswith("|"):
            block = []
            while at < len(lines) and lines[at].startswith("|"):
                block.append(lines[at])
                at += 1
            body.append(_table(block))
            continue
        elif line.startswith("- "):
            block = []
            while at < len(lines) and lines[at].startswith("- "):
                block.append(f"<li>{_inline(lines[at][2:])}</li>")
                at += 1
            body.append(f"<ul>{''.join(block)}</ul>")
            continue
        elif line.strip():
            body.append(f"<p>{_inline(line)}</p>")
        at += 1
    title = escape(lines[0].lstrip("# "))
    return PAGE.format(title=title, body="\n".join(body))


PAGE = """<!DOCTYPE html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
body {{ overflow-wrap: break-word }}
h1 {{ font-size: clamp(1.35rem, 7vw, 2rem); line-height: 1.2 }}
table {{ border-collapse: collapse; width: 100%; display: block; overflow-x: auto }}
th, td {{ border: 1px solid #767676; padding: .4rem .6rem; text-align: left; vertical-align: top }}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _table(block: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block]
    head = "".join(f'<th scope="col">{_inline(cell)}</th>' if cell else "<td></td>" for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in rows[2:])
    # The keyboard reaches what has to be scrolled sideways on a telephone.
    return f'<table tabindex="0"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _inline(text: str) -> str:
    out = escape(text)
    for mark, tag in (("**", "strong"), ("`", "code")):
        parts = out.split(mark)
        out = "".join(
            part if number % 2 == 0 else f"<{tag}>{part}</{tag}>" for number, part in enumerate(parts)
        )
    return out
