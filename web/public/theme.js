// A classic script of its own, so that it runs before the first paint; the page's policy allows no inline script.
(function () {
  try {
    var chosen = localStorage.getItem("sentinal-theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch (error) {
    // Storage may be closed to us; the system's theme is then used.
  }
})();
