/* <span data-countdown="an ISO moment">: the time left, in minutes and seconds. A toast that holds an undo goes away with
   the moment until which there is something to undo. The words for those who hear the page stand beside it, and stay. */
function left(element) {
  return Math.floor((Date.parse(element.dataset.countdown) - Date.now()) / 1000);
}

function tick() {
  for (const element of document.querySelectorAll("[data-countdown]")) {
    const seconds = left(element);
    if (seconds <= 0) element.closest("[data-until]")?.remove();
    const shown = Math.max(0, seconds);
    element.textContent = `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
  }
}

tick();
window.setInterval(tick, 1000);
