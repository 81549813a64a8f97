const box = document.getElementById("search");
document.getElementById("searching").hidden = false;
box.addEventListener("input", () => {
  const wanted = box.value.toLocaleLowerCase("da").trim().split(/\s+/);
  for (const row of document.querySelectorAll("[data-row]")) {
    const text = row.textContent.toLocaleLowerCase("da");
    row.hidden = !wanted.every((word) => text.includes(word));
  }
});
