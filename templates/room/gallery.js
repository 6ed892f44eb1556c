// Everybody's tile, as large as the window allows.

const [GAP, RATIO, LEAST] = [8, 16 / 9, 150]; // pixels; width to height; pixels, under which the gallery scrolls

export class Gallery {
  #tiles = new Map();

  constructor(list, template) {
    Object.assign(this, { list, template });
    new ResizeObserver(() => this.#arrange()).observe(list.parentElement);
  }

  // Put somebody's tile up, or bring it up to date.
  show(person, mine = false) {
    const tile = this.#tiles.get(person.key) ?? this.#add(person.key);
    tile.classList.toggle("mine", mine);
    tile.classList.toggle("bot", person.role === "bot");
    tile.classList.toggle("speaking", person.talking);
    const video = tile.querySelector("video");
    tile.classList.toggle("seen", person.camera && Boolean(video.srcObject));
    video.muted = mine || person.role === "bot";
    tile.dataset.camera = person.camera;
    const own = person.number > 1 ? `${person.name} (${person.number})` : person.name;
    const name = mine ? `${own} (you)` : own;
    tile.querySelector(".name").textContent = name;
    const initial = person.role === "bot" ? drawn("eye") : [...person.name][0].toUpperCase();
    tile.querySelector(".initial").replaceChildren(initial);
    tile.querySelector(".marks").replaceChildren(...marks(person));
  }

  play(key, stream) {
    const tile = this.#tiles.get(key);
    if (!tile) return;
    const video = tile.querySelector("video");
    if (video.srcObject !== stream) video.srcObject = stream;
    tile.classList.toggle("seen", Boolean(stream) && tile.dataset.camera === "true");
  }

  tile(key) {
    return this.#tiles.get(key);
  }

  remove(key) {
    this.#tiles.get(key)?.remove();
    this.#tiles.delete(key);
    this.#arrange();
  }

  clear() {
    for (const key of [...this.#tiles.keys()]) this.remove(key);
  }

  #add(key) {
    const tile = this.template.content.firstElementChild.cloneNode(true);
    this.#tiles.set(key, tile);
    this.list.append(tile);
    this.#arrange();
    return tile;
  }

  #arrange() {
    const { clientWidth, clientHeight } = this.list.parentElement;
    const wide = widest(this.#tiles.size, clientWidth - 2 * GAP, clientHeight - GAP);
    this.list.style.setProperty("--wide", `${Math.floor(wide)}px`);
  }
}

// The width of the largest tiles of which `count` fit into a window.
export function widest(count, width, height) {
  let best = 0;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const across = (width - GAP * (columns - 1)) / columns;
    const down = ((height - GAP * (rows - 1)) / rows) * RATIO;
    best = Math.max(best, Math.min(across, down));
  }
  return Math.max(best, Math.min(width, LEAST));
}

function marks(person) {
  const told = [];
  if (person.teacher) told.push(mark("", "teacher"));
  if (person.role === "bot") return told;
  if (!person.microphone) told.push(mark("mic-off", "microphone off"));
  if (!person.camera) told.push(mark("camera-off", "camera off"));
  if (!person.analysed) told.push(mark("eye-off", "not analysed"));
  if (person.talking) told.push(mark("mic", "speaking"));
  return told;
}

function mark(icon, text) {
  const holder = document.createElement("span");
  holder.title = text;
  if (icon) holder.append(drawn(icon));
  const words = document.createElement("span");
  words.textContent = icon ? text : `(${text})`;
  if (icon) words.className = "unseen";
  holder.append(words);
  return holder;
}

// One of the page's own symbols.
export function drawn(icon) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#icon-${icon}`);
  svg.append(use);
  return svg;
}
