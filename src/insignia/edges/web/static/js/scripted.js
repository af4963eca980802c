/* Says that scripts run: what is of no use without them ([data-needs-script]) is shown only now. */
document.documentElement.classList.add("scripted");
