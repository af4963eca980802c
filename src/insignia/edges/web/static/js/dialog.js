/* A <dialog popover> opens without script as a popover. With script it becomes modal: the rest of the page is inert,
   Escape closes it, and the focus returns to the button that opened it. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[popovertarget]");
  if (!button) return;
  const dialog = document.getElementById(button.getAttribute("popovertarget"));
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  if (button.getAttribute("popovertargetaction") === "hide") {
    dialog.close();
    return;
  }
  dialog.removeAttribute("popover");
  dialog.showModal();
});
