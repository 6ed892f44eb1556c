
  // What was counted of one seat or of the class, added up over minutes: see make_data in report/data.py.
  const nothing = () => ({ readings: 0, faces: 0, known: 0, turned: 0, off: 0, weight: 0, engaged: 0, moods: [] });
  const addMinute = (sum, minute) => {
    if (!minute.length) return;
    const [readings, faces = 0, known = 0, turned = 0, off = 0, index = 0, ...moods] = minute;
    sum.readings += readings;
    sum.faces += faces;
    sum.known += known;
    sum.turned += turned;
    sum.off += off;
    if (minute.length > 5 && index >= 0) {
      sum.weight += faces;
      sum.engaged += (faces * index) / 10;
    }
    moods.forEach((count, k) => (sum.moods[k] = (sum.moods[k] || 0) + count));
  };
  const sumOf = (list, first, last) => {
    const sum = nothing();
    for (const minute of list.slice(first, last)) addMinute(sum, minute);
    return sum;
  };
  const ratio = (part, whole) => (whole ? part / whole : null);
  const told = (sum) => ({
    ...sum,
    presence: ratio(sum.faces, sum.readings),
    attention: ratio(sum.turned, sum.known),
    index: sum.weight ? sum.engaged / sum.weight : null,
  });
  const figuresOf = (seat, first, last) => told(sumOf(seat.minutes, first, last));
  const classFigures = (first, last) => {
    const students = data.seats.filter((seat) => seat.role === "student");
    if (!data.seats.length) return told(sumOf(data.class, first, last));
    const sum = nothing();
    let people = 0;
    for (const seat of students) {
      const own = sumOf(seat.minutes, first, last);
      people += own.faces > 0;
      for (const key of ["readings", "faces", "known", "turned", "off", "weight", "engaged"]) sum[key] += own[key];
      own.moods.forEach((count, k) => (sum.moods[k] = (sum.moods[k] || 0) + count));
    }
    return { ...told(sum), people };
  };
  const moodsOf = (sum) =>
    data.moods
      .map((label, k) => ({ label, name: data.words.moods[k], share: (sum.moods[k] || 0) / sum.faces }))
      .filter((mood) => mood.share >= 0.005)
      .sort((a, b) => (a.label === "unsure") - (b.label === "unsure") || b.share - a.share);
  const indexText = (value) => (value === null ? data.numbers.unknown : String(Math.floor(value + 0.5)));
