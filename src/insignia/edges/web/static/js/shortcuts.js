/* "/" goes to the search field. Letters are shortcuts only outside fields. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("[data-shortcut='/']");
  if (!field || field.offsetParent === null) return;
  event.preventDefault();
  field.focus();
});
