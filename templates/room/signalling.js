// The way to the class room's server: messages out, messages in, and back again after a break.

const PAUSES = [500, 1000, 2000, 4000, 8000, 15000]; // milliseconds between two tries

export class Signalling {
  #socket = null;
  #tries = 0;
  #over = false;

  // `hello()` gives the message to join by; `hear(message)` gets what comes; `broken(true)` is told of a break.
  constructor(code, hello, hear, broken) {
    Object.assign(this, { code, hello, hear, broken });
    this.#open();
  }

  say(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  close() {
    this.#over = true;
    this.#socket?.close();
  }

  #open() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = (this.#socket = new WebSocket(`${scheme}://${location.host}/${this.code}/socket`));
    socket.onopen = () => this.say(this.hello());
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === "welcome") {
        this.#tries = 0;
        this.broken(false);
      }
      if (message.type === "refused" || message.type === "ended") this.close();
      this.hear(message);
    };
    socket.onclose = () => {
      if (this.#over) return;
      this.broken(true);
      setTimeout(() => this.#over || this.#open(), PAUSES[Math.min(this.#tries++, PAUSES.length - 1)]);
    };
  }
}
