// A curve and a stack of shares over the last ten minutes, the newest point at the right.

const [WIDTH, HEIGHT, SECONDS] = [600, 120, 600];
const SVG = "http://www.w3.org/2000/svg";

// One share a point; where nothing is known there is a gap, never a zero.
export function curve(svg, shares, step, label) {
  const parts = [0.25, 0.5, 0.75].map((share) => shape("path", "rule", `M0 ${y(share)}H${WIDTH}`));
  for (const run of runs(shares)) {
    const line = run.map(([place, share]) => `${x(place, shares, step)} ${y(share)}`).join("L");
    const [first, last] = [run[0][0], run.at(-1)[0]].map((place) => x(place, shares, step));
    parts.push(shape("path", "area", `M${first} ${HEIGHT}L${line}L${last} ${HEIGHT}Z`));
    parts.push(shape("path", "line", `M${line}`));
  }
  put(svg, parts, label);
}

// Columns of shares that sum to one, in the order of `labels` from the bottom.
export function stack(svg, points, labels, step, label) {
  const wide = (WIDTH * step) / SECONDS;
  const parts = points.flatMap((shares, place) => {
    let floor = 0;
    return Object.keys(shares).length === 0 ? [] : labels.map((name) => {
      const [low, high] = [floor, (floor += shares[name] ?? 0)];
      const left = x(place, points, step) - wide;
      return shape("path", name, `M${left} ${y(low)}V${y(high)}H${left + wide + 0.3}V${y(low)}Z`);
    });
  });
  put(svg, parts, label);
}

function runs(shares) {
  const found = [];
  let run = null;
  shares.forEach((share, place) => {
    if (share === null) run = null;
    else if (run) run.push([place, share]);
    else found.push((run = [[place, share]]));
  });
  return found;
}

function x(place, points, step) {
  return WIDTH - ((points.length - 1 - place) * step * WIDTH) / SECONDS;
}

function y(share) {
  return (HEIGHT * (1 - Math.min(1, share))).toFixed(1);
}

function shape(tag, name, d) {
  const element = document.createElementNS(SVG, tag);
  element.setAttribute("class", name);
  element.setAttribute("d", d);
  return element;
}

function put(svg, parts, label) {
  svg.setAttribute("aria-label", label);
  svg.replaceChildren(...parts);
}
