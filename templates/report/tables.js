
  // Tables to copy and to save, as they stand on the page. A cell that a spreadsheet would run is quoted.
  const RUNS = /^[=+\-@\t\r\n]/;
  const harmless = (text) => (RUNS.test(text) ? `'${text}` : text);
  const plainNumber = new RegExp(`^<?\\s?\\d+(\\${data.numbers.decimal}\\d+)?\\s?%?$`);
  const valueOf = (text) => {
    const flat = text.replace(/[\u202f\u00a0]/g, " ").replace(/[\t\n\r]/g, " ").trim();
    if (flat === data.numbers.unknown) return "";
    return plainNumber.test(flat) ? flat.replace(/[\s<]/g, "") : harmless(flat);
  };
  const cellsOf = (row) => [...row.cells].map((cell) => valueOf(cell.textContent));
  const rowsOf = (shown) => [...shown.rows].filter((row) => !row.hidden).map(cellsOf);
  const separator = data.numbers.decimal === "," ? ";" : ",";
  const quoted = (text) => (/["\r\n]/.test(text) || text.includes(separator) ? `"${text.replace(/"/g, '""')}"` : text);
  const save = (lines, what) => {
    const text = lines.map((cells) => cells.map(quoted).join(separator)).join("\r\n");
    const link = document.createElement("a");
    // The mark at the beginning tells spreadsheets that the text is UTF-8.
    link.href = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv" }));
    const part = span ? ` ${[span[0] * 60, endOf(span[1])].map((time) => clock(time).replaceAll(":", ".")).join("-")}` : "";
    link.download = `${data.title.replace(/[^\p{L}\p{N} _-]+/gu, "").slice(0, 60).trim() || "lesson"} ${what}${part}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const peopleLines = () => {
    const [first, last] = span || [0, minutes];
    const heads = by("people-save").dataset.columns.split("|");
    const lines = all(".people > li").map((person) => {
      const own = figuresOf(data.seats.find((seat) => `seat-${seat.seat}` === person.firstElementChild.id), first, last);
      const shares = data.moods.map((label, k) => (own.faces ? (own.moods[k] || 0) / own.faces : null));
      return [
        harmless(person.querySelector(".name").textContent.replace(/[\t\r\n]/g, " ")),
        ...[own.readings, own.faces].map((count) => number((count * data.every) / 60, 1)),
        ...[own.presence, own.attention, ...shares].map((share) => valueOf(percent(share))),
        ...about(),
      ];
    });
    const read = data.moods.length ? data.words.moods.map((mood) => say("read_as", { mood })) : [];
    return [[...heads, ...read, ...aboutHeads().slice(1)], ...lines];
  };
  // Which lesson and which part of it a row is about: rows of several lessons stand in one spreadsheet.
  const aboutHeads = () => document.querySelector("table.attendance").dataset.columns.split("|");
  const about = () => {
    const [first, last] = span || [0, minutes];
    const read = [...Array(last - first).keys()].filter((k) => data.seats.some((seat) => seat.minutes[first + k]?.length));
    const length = read.reduce((sum, k) => sum + endOf(first + k + 1) - (first + k) * 60, 0);
    const times = [first * 60, endOf(last)].map(clock);
    return [harmless(valueOf(data.title)), data.date, ...times, number(length / 60, 1)];
  };
  const attendanceLines = () => {
    const roles = all("table.attendance .remark").map((cell) => [harmless(cell.dataset.role), ...about()]);
    const lines = rowsOf(document.querySelector("table.attendance"));
    return lines.map((cells, k) => [...cells, ...(k ? roles[k - 1] : aboutHeads())]);
  };
  const minuteLines = () => {
    const [first, last] = span || [0, minutes];
    return [cellsOf(table.tHead.rows[0]), ...rows.slice(first, last).map(cellsOf)];
  };
  const copyByHand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const copy = async () => {
    const lines = attendanceLines();
    const text = lines.map((cells) => cells.join("\t")).join("\n");
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = copyByHand(text);
    }
    const rowCount = lines.length - 1;
    by("copy-said").textContent = done ? say("copied", { n: rowCount }) : say("not_copied");
    by("copy").focus();
  };
  const buttons = {
    "minutes-save": () => save(minuteLines(), "minutes"),
    "people-save": () => save(peopleLines(), "people"),
    "attendance-save": () => save(attendanceLines(), "attendance"),
    copy,
  };
  for (const [id, press] of Object.entries(buttons)) by(id)?.addEventListener("click", press);
  reveal(".buttons");
