/* Menus made of <details>: Escape and a click elsewhere close them, and Escape gives the focus back to their name. */
const open = () => document.querySelectorAll("details.account[open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
