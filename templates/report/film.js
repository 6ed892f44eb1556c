
  // A moment in the teacher's own recording: the file is read in this browser and goes nowhere.
  const film = by("film-file");
  const player = by("film-player");
  let asked = null; // seconds of the moment that was asked for last
  let address = "";
  const complain = (key) => {
    const name = film.files[0].name;
    by("film-said").textContent = say(key, { name, t: clock(asked ?? 0) });
  };
  const seek = () => {
    if (asked === null || !player.src || !(player.duration > 0)) return;
    if (asked > player.duration) return complain("film_short");
    player.currentTime = asked;
  };
  const goTo = (time) => {
    asked = time;
    by("film-code").textContent = clock(time);
    if (rows.length) showMinute(Math.min(rows.length - 1, Math.floor(time / 60)));
    by("film-said").textContent = "";
    seek();
  };
  if (film) {
    reveal(".film");
    film.addEventListener("change", () => {
      if (!film.files.length) return;
      if (address) URL.revokeObjectURL(address);
      address = URL.createObjectURL(film.files[0]);
      by("film-said").textContent = "";
      player.hidden = false;
      player.src = address;
    });
    player.addEventListener("loadedmetadata", seek);
    player.addEventListener("error", () => {
      if (!player.src) return;
      player.hidden = true; // a black box says nothing
      complain("film_wrong");
    });
    player.addEventListener("timeupdate", () => (by("film-code").textContent = clock(player.currentTime)));
    for (const link of all("[data-time]")) {
      link.addEventListener("click", () => goTo(Number(link.dataset.time)));
    }
  }
