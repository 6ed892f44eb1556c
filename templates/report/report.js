// The page is complete without this: it reads a minute out of the table, and finds a name.
"use strict";
(() => {
  const table = document.getElementById("minutes");
  const slider = document.getElementById("minute");
  if (table && slider) {
    const headings = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const rows = [...table.tBodies[0].rows];
    const width = Number(slider.dataset.width); // percent of a chart that a minute takes
    const values = document.getElementById("minute-values");
    const cursors = document.querySelectorAll(".cursor");
    const show = (place) => {
      slider.value = place;
      slider.setAttribute("aria-valuetext", rows[place].cells[0].textContent);
      const cells = [...rows[place].cells].map((cell) => cell.textContent);
      const said = cells.map((text, k) => (k ? `${headings[k].toLowerCase()} ${text}` : text));
      values.textContent = said.filter((text, k) => k < 6 || !/ (0\u202f%|\u2013)$/.test(text)).join(" \u00b7 ");
      const at = `${Math.min(100, (place + 0.5) * width)}%`;
      for (const cursor of cursors) {
        cursor.setAttribute("x1", at);
        cursor.setAttribute("x2", at);
        cursor.setAttribute("visibility", "visible");
      }
    };
    slider.addEventListener("input", () => show(Number(slider.value)));
    for (const chart of document.querySelectorAll(".chart")) {
      chart.addEventListener("pointermove", (event) => {
        const box = chart.getBoundingClientRect();
        const place = Math.floor(((event.clientX - box.left) / box.width) * (100 / width));
        show(Math.min(rows.length - 1, Math.max(0, place)));
      });
    }
    document.querySelector(".readout").hidden = false;
  }

  const find = document.getElementById("find");
  const people = [...document.querySelectorAll(".people > li")];
  if (find && people.length > 8) {
    document.querySelector(".finder").hidden = false;
    find.addEventListener("input", () => {
      const wanted = find.value.trim().toLocaleLowerCase();
      for (const person of people) {
        const name = person.querySelector(".name").textContent.toLocaleLowerCase();
        person.hidden = !name.includes(wanted);
      }
    });
  }
})();
