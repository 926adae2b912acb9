(function () {
  "use strict";
  // Written for browsers of 2016: no modules, no arrow functions, key codes.
  var root = document.documentElement, text = document.getElementById("text");
  var panels = document.querySelectorAll(".panel"), links = document.querySelectorAll(".fig");
  var count = panels.length - 1, current = 0;
  root.className = "js";

  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function at(number) { return document.getElementById("t" + number); }

  function show(number) {
    current = number;
    each(panels, function (panel) {
      panel.className = panel.className.replace(/ ?\bon\b/, "");
      if (panel.id === (number ? "f" + number : "all")) { panel.className += " on"; }
    });
    each(links, function (link) {
      var isOn = link.getAttribute("data-n") === String(number);
      link.className = link.className.replace(/ ?\bon\b/, "") + (isOn ? " on" : "");
      if (isOn) { link.setAttribute("aria-current", "true"); } else { link.removeAttribute("aria-current"); }
    });
    document.getElementById("chains").scrollTop = 0;
    document.querySelector(".said").textContent = number ? words("f" + number) : "";
    reveal(at(number));
  }

  // One column on a narrow screen: what was asked for is further down.
  function goTo(number) {
    if (window.innerWidth <= 900) { document.getElementById(number ? "f" + number : "all").scrollIntoView(); }
  }

  // For those who hear the page: which number is shown, and how it stands.
  function words(id) {
    var panel = document.getElementById(id);
    return panel.querySelector(".shown").textContent + " " + panel.querySelector(".name").textContent +
      " " + panel.querySelector(".state").textContent;
  }

  function reveal(link) {
    if (!link) { return; }
    var box = link.getBoundingClientRect(), pane = text.getBoundingClientRect();
    if (box.top < pane.top + 40 || box.bottom > pane.bottom - 40) {
      text.scrollTop += box.top - pane.top - pane.height / 3;
    }
  }

  function move(number) {
    if (number < 1 || number > count) { return; }
    show(number);
    if (at(number)) { at(number).focus(); reveal(at(number)); }
  }

  document.addEventListener("click", function (event) {
    var link = event.target;
    while (link && link.nodeName !== "A") { link = link.parentNode; }
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    if (link.className === "back") {
      event.preventDefault();
      if (at(current)) { at(current).focus(); reveal(at(current)); }
    } else if (link.getAttribute("data-n") !== null) {
      event.preventDefault();
      show(Number(link.getAttribute("data-n")));
      goTo(current);
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    var focused = document.activeElement, own = focused && focused.className && /\bfig\b/.test(focused.className);
    var place = own ? Number(focused.getAttribute("data-n")) : current;
    switch (event.keyCode) {
      case 27: // Esc: back to all figures, and to the place in the text
        place = current;
        show(0);
        if (at(place)) { at(place).focus(); }
        break;
      case 37: case 38: // left, up
        if (!own) { return; }
        move(place - 1);
        break;
      case 39: case 40: // right, down
        if (!own) { return; }
        move(place + 1);
        break;
      case 36: // Home
        if (!own) { return; }
        move(1);
        break;
      case 35: // End
        if (!own) { return; }
        move(count);
        break;
      case 32: // space does what Enter does
        if (!own) { return; }
        show(place);
        break;
      default:
        return;
    }
    event.preventDefault();
  });

  var asked = /^#f(\d+)$/.exec(window.location.hash);
  show(asked && Number(asked[1]) <= count ? Number(asked[1]) : 0);
}());
