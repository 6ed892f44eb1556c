// What the bot reads of oneself, drawn over one's own picture; nobody else is sent it.

const MOODS = ["neutral", "happy", "surprise", "sad", "fear", "disgust", "angry"];
const RATIO = 16 / 9; // of a tile

export class Mirror {
  #layer = null;

  // Draw a reading over a tile; null: no face was found; undefined: nothing came yet.
  draw(tile, reading) {
    this.#layer ??= layer();
    if (this.#layer.parentElement !== tile) tile.append(this.#layer);
    const [box, note, list] = this.#layer.children;
    box.hidden = list.hidden = !reading;
    note.textContent = reading ? told(reading) : reading === null ? "no face found" : "nothing read yet";
    if (!reading) return;
    place(box, reading.box, tile.querySelector("video"));
    MOODS.forEach((mood, row) => {
      const [, bar, number] = list.children[row].children;
      bar.firstElementChild.style.width = `${100 * reading[mood]}%`;
      number.textContent = `${Math.round(100 * reading[mood])} %`;
    });
    this.#layer.classList.toggle("doubtful", reading.unsure);
  }

  clear() {
    this.#layer?.remove();
    this.#layer = null;
  }
}

function told({ yaw, pitch, certainty, unsure }) {
  const angles = `yaw ${degrees(yaw)}, pitch ${degrees(pitch)}`;
  return `${angles}, certainty ${Math.round(100 * certainty)} %${unsure ? ": unsure, counts as no mood" : ""}`;
}

function degrees(angle) {
  const whole = Math.round(angle);
  return `${whole > 0 ? "+" : whole < 0 ? "\u2212" : ""}${Math.abs(whole)}\u00b0`;
}

// The box in the tile, which shows the middle of the picture, left and right changed.
function place(element, [x, y, width, height], video) {
  const ratio = video.videoWidth / video.videoHeight || RATIO;
  const [across, down] = [Math.max(1, ratio / RATIO), Math.max(1, RATIO / ratio)];
  const at = {
    left: (1 - across) / 2 + (1 - x - width) * across,
    top: (1 - down) / 2 + y * down,
    width: width * across,
    height: height * down,
  };
  for (const [side, share] of Object.entries(at)) element.style[side] = `${100 * share}%`;
}

function layer() {
  const element = tagged("div", "reflection");
  const list = tagged("ul", "");
  list.append(...MOODS.map((mood) => {
    const row = tagged("li", "");
    const bar = tagged("span", "bar");
    bar.append(tagged("span", ""));
    row.append(tagged("span", "mood", mood), bar, tagged("span", "number"));
    return row;
  }));
  element.append(tagged("div", "box"), tagged("p", ""), list);
  return element;
}

function tagged(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}
