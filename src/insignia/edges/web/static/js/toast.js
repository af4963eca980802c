/* Toasts go away after ten seconds, but not while they are hovered, focused, or hold the only undo (data-stays). */
const DURATION = 10_000;

function expire(toast) {
  if (toast.matches(":hover, :focus-within")) return wait(toast);
  toast.remove();
}

function wait(toast) {
  if (toast.hasAttribute("data-stays")) return;
  window.setTimeout(() => expire(toast), DURATION);
}

function begin(root) {
  for (const toast of root.querySelectorAll(".toasts > .toast")) wait(toast);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest(".toast, .note").remove();
});
document.addEventListener("htmx:load", (event) => begin(event.target.parentElement ?? document));
begin(document);
