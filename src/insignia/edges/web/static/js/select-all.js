/* <input type="checkbox" data-selects="name">: ticks every box of that name in its form or table, and follows them. */
const boxes = (all) =>
  [...(all.closest("form, table") ?? document).querySelectorAll(`input[type=checkbox][name="${CSS.escape(all.dataset.selects)}"]`)].filter(
    (box) => !box.disabled,
  );

function follow(all) {
  const each = boxes(all);
  const ticked = each.filter((box) => box.checked).length;
  all.checked = each.length > 0 && ticked === each.length;
  all.indeterminate = ticked > 0 && ticked < each.length;
  const count = document.querySelector(`[data-count="${CSS.escape(all.dataset.selects)}"]`);
  if (count) count.textContent = String(ticked);
}

document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-selects]");
  if (all) {
    for (const box of boxes(all)) box.checked = all.checked;
    follow(all);
    return;
  }
  for (const other of document.querySelectorAll("[data-selects]")) {
    if (other.dataset.selects === event.target.name) follow(other);
  }
});
for (const all of document.querySelectorAll("[data-selects]")) follow(all);
