
  // People: found by name, ordered by what ranks nobody, opened by their link.
  const list = document.querySelector(".people");
  const find = by("find");
  if (list && find) {
    const people = [...list.children];
    const nameOf = (person) => person.querySelector(".name").textContent;
    const orders = {
      class: () => 0,
      name: (a, b) => nameOf(a).localeCompare(nameOf(b), document.documentElement.lang),
      first: (a, b) => a.dataset.first - b.dataset.first,
      coverage: (a, b) => a.dataset.seen - b.dataset.seen,
    };
    if (people.length > 1) reveal(".finder");
    by("order").addEventListener("change", () => list.append(...[...people].sort(orders[by("order").value])));
    find.addEventListener("input", () => {
      const wanted = find.value.trim().toLocaleLowerCase();
      for (const person of people) person.hidden = !nameOf(person).toLocaleLowerCase().includes(wanted);
      const left = people.filter((person) => !person.hidden).length;
      const found = left ? say("found", { n: left, of: people.length }) : say("found_absent");
      by("found").textContent = wanted ? found : "";
    });
  }
  const openLinked = () => {
    const person = location.hash.startsWith("#seat-") && by(location.hash.slice(1));
    if (!person) return;
    person.parentElement.hidden = false;
    person.open = true;
    person.querySelector("summary").focus({ preventScroll: true });
    person.scrollIntoView();
  };
  window.addEventListener("hashchange", openLinked);
  for (const link of all('a[href^="#seat-"]')) {
    link.addEventListener("click", () => link.hash === location.hash && openLinked());
  }
  openLinked();
