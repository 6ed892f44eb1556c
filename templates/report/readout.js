
  // A minute, read out of the table by slider and pointer.
  const table = by("minutes");
  const slider = by("minute");
  const charts = all(".chart");
  const rows = table ? [...table.tBodies[0].rows] : [];
  const placeAt = (chart, event) => {
    const box = chart.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.min(rows.length - 1, Math.max(0, Math.floor((share * data.width) / 60)));
  };
  const showMinute = (place) => {
    const headings = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    slider.value = place;
    slider.setAttribute("aria-valuetext", rows[place].cells[0].textContent);
    const cells = [...rows[place].cells].map((cell) => cell.textContent);
    const said = cells.map((text, k) => (k ? `${headings[k].toLocaleLowerCase()} ${text}` : text));
    const empty = (k) => k > 4 && (cells[k] === "" || /^0\D/.test(cells[k]) || cells[k] === data.numbers.unknown);
    by("minute-values").textContent = said.filter((text, k) => !empty(k)).join(" \u00b7 ");
    const at = `${Math.min(100, ((place + 0.5) * 6000) / data.width)}%`;
    for (const cursor of all(".cursor")) {
      cursor.setAttribute("x1", at);
      cursor.setAttribute("x2", at);
      cursor.setAttribute("visibility", "visible");
    }
  };
  if (rows.length) {
    slider.addEventListener("input", () => showMinute(Number(slider.value)));
    for (const chart of charts) {
      chart.addEventListener("pointermove", (event) => showMinute(placeAt(chart, event)));
    }
    reveal(".readout");
  }
