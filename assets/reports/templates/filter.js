const box = document.getElementById("search");
const found = document.getElementById("found");
document.getElementById("searching").hidden = false;
box.addEventListener("input", () => {
  const wanted = box.value.toLocaleLowerCase("da").trim().split(/\s+/);
  let count = 0;
  for (const row of document.querySelectorAll("[data-row]")) {
    const text = row.textContent.toLocaleLowerCase("da");
    row.hidden = !wanted.every((word) => text.includes(word));
    count += row.hidden ? 0 : 1;
  }
  for (const group of document.querySelectorAll("[data-group], section")) {
    group.hidden = !group.querySelector("[data-row]:not([hidden])");
  }
  const { one, many, none } = found.dataset;
  const told = count === 0 ? none : count === 1 ? one : many.replace("#", count);
  found.textContent = box.value.trim() ? told : "";
});
