
  // A span of whole minutes, by drag or by two fields: what stands below is then about the span.
  let span = null; // first minute and the one after the last; null: the whole lesson
  const [from, to] = [by("span-from"), by("span-to")];
  const endOf = (minute) => Math.min(minute * 60, data.end);
  const spanText = () => say("span_now", { from: clock(span[0] * 60), to: clock(endOf(span[1])) });

  const drawSpan = (shown) => {
    for (const veil of all(".veil")) {
      const after = veil.classList.contains("after");
      const edge = shown ? ((after ? endOf(shown[1]) : shown[0] * 60) * 100) / data.width : 0;
      veil.setAttribute("x", after && shown ? `${edge}%` : "0");
      veil.setAttribute("width", shown ? `${after ? 100 - edge : edge}%` : "0");
    }
  };
  const readAs = (own) => {
    const read = moodsOf(own).map((mood) => `${mood.name} ${percent(mood.share)}`);
    return read.length ? `, ${say("read_as", { mood: read.join(", ") })}` : "";
  };
  // When somebody was there, within the span: what a row says is all about the same stretch of time.
  const showStay = (seat, own) => {
    const row = document.querySelector(`#attendance tr[data-seat="${seat.seat}"]`);
    if (!row) return;
    const [begin, end] = span ? [span[0] * 60, endOf(span[1])] : [0, data.end];
    const there = (minute) => seat.minutes[minute]?.length;
    const read = span && own.readings ? [...Array(span[1] - span[0]).keys()].map((k) => k + span[0]).filter(there) : [];
    const stay = read.length
      ? { joined: Math.max(begin, seat.joined, read[0] * 60), left: Math.min(end, seat.left, endOf(read.at(-1) + 1)) }
      : {};
    for (const cell of row.querySelectorAll("[data-time-of]")) {
      const time = stay[cell.dataset.timeOf];
      cell.textContent = !span ? cell.dataset.whole : time === undefined ? data.numbers.unknown : clock(time);
    }
    const remark = row.querySelector(".remark");
    remark.textContent = span && !own.readings ? say("not_there") : remark.dataset.whole;
  };
  const showPeople = () => {
    const [first, last] = span || [0, minutes];
    for (const seat of data.seats) {
      const own = figuresOf(seat, first, last);
      const person = by(`seat-${seat.seat}`);
      if (person) {
        for (const cell of person.querySelectorAll("[data-of]")) {
          cell.textContent = span ? percent(own[cell.dataset.of]) : cell.dataset.whole;
        }
        const fact = person.querySelector(".of-span");
        fact.hidden = !span;
        if (span) {
          fact.children[0].textContent = say("person_span", { from: clock(first * 60), to: clock(endOf(last)) });
          fact.children[1].textContent = say("person_span_value", {
            seen: percent(own.presence),
            attention: percent(own.attention),
            moods: own.faces ? readAs(own) : "",
          });
          if (!own.readings) fact.children[1].textContent = say("person_span_away");
        }
      }
      showStay(seat, own);
      const present = { present: own.readings, camera: own.readings - own.off, seen: own.faces };
      for (const cell of all(`#attendance tr[data-seat="${seat.seat}"] [data-minutes]`)) {
        const value = (present[cell.dataset.minutes] * data.every) / 60;
        cell.textContent = span ? number(value, 1) : cell.dataset.whole;
      }
    }
  };
  const clearComplaint = () => {
    by("span-said").textContent = "";
    for (const field of [from, to]) field.removeAttribute("aria-invalid");
  };
  const setSpan = (wanted) => {
    span = wanted;
    drawSpan(span);
    showPeople();
    for (const badge of all(".span-now")) {
      badge.hidden = !span;
      badge.querySelector(".span-text").textContent = span ? spanText() : "";
    }
    by("span-reset").hidden = !span;
    clearComplaint();
    from.value = clock(span ? span[0] * 60 : 0);
    to.value = clock(span ? endOf(span[1]) : data.end);
    if (!span) return;
    const own = classFigures(...span);
    by("span-said").textContent = say("span_class", {
      from: clock(span[0] * 60),
      to: clock(endOf(span[1])),
      people: own.people ?? data.numbers.unknown,
      attention: percent(own.attention),
      presence: percent(own.presence),
      index: indexText(own.index),
    });
  };
  const readFields = () => {
    let asked = [seconds(from.value), seconds(to.value)];
    // 09:46 is the clock's: the lesson's own times are written without a zero in front. So is what it can't be.
    const clocks = [hour(from.value), hour(to.value)];
    const zero = [from, to].some((field) => /^\s*0\d:/.test(field.value));
    if (clocks[1] > clocks[0] && (zero || asked[0] >= data.end)) asked = clocks;
    const [start, end] = [asked[0], Math.min(asked[1], data.end)];
    clearComplaint();
    if (!(start >= 0 && end > start)) {
      by("span-said").textContent = say("span_wrong", { end: clock(data.end) });
      (start >= 0 ? to : from).setAttribute("aria-invalid", "true");
      (start >= 0 ? to : from).focus();
      return;
    }
    const [first, last] = [Math.floor(start / 60), Math.ceil(Number((end / 60).toFixed(6)))];
    setSpan(first === 0 && last === minutes ? null : [first, last]);
    const exact = first * 60 === asked[0] && endOf(last) === asked[1] && asked !== clocks;
    if (span && !exact) by("span-said").textContent += say("span_rounded");
  };
  const drag = (chart) => {
    let begun = null;
    chart.addEventListener("pointerdown", (event) => {
      if (event.button || event.pointerType === "touch") return; // a finger scrolls; it has the two fields
      begun = placeAt(chart, event);
      chart.setPointerCapture(event.pointerId);
    });
    const spanTo = (event) => {
      const now = placeAt(chart, event);
      return [Math.min(begun, now), Math.max(begun, now) + 1];
    };
    chart.addEventListener("pointermove", (event) => {
      if (begun !== null && begun !== placeAt(chart, event)) drawSpan(spanTo(event));
    });
    chart.addEventListener("pointercancel", () => {
      begun = null;
      drawSpan(span);
    });
    chart.addEventListener("pointerup", (event) => {
      if (begun === null) return;
      const wanted = spanTo(event);
      begun = null;
      if (wanted[1] - wanted[0] > 1) setSpan(wanted);
    });
  };
  if (rows.length > 1) {
    reveal(".span");
    charts.forEach(drag);
    by("span-form").addEventListener("submit", (event) => {
      event.preventDefault();
      readFields();
    });
    for (const button of all("#span-reset, .span-now button")) {
      button.addEventListener("click", () => {
        setSpan(null);
        if (button.id) from.focus();
        else button.closest("section").querySelector("h2").focus();
      });
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && (span || by("span-said").textContent)) setSpan(null);
    });
    // What is printed is about the whole lesson, as the page's first screen is.
    let kept = null;
    window.addEventListener("beforeprint", () => {
      kept = span;
      setSpan(null);
    });
    window.addEventListener("afterprint", () => setSpan(kept));
    setSpan(null);
  }
