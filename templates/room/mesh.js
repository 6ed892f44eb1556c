// The connections from browser to browser: one to each person, and one to the bot that carries the picture only.

const SMALL_CLASS = 4; // people up to whom everybody gets the whole picture
const WHOLE = { maxBitrate: 400_000, maxFramerate: 15 };
const HALF = { maxBitrate: 150_000, maxFramerate: 15 };
const FOR_BOT = { maxBitrate: 150_000, maxFramerate: 5 }; // it looks once a second
const BOT_SIDE = 180; // pixels of the picture's shorter side: a face in it is larger than what is read of it
const GATHERING = 500; // milliseconds: the bot needs an address in the offer, late ones may follow

export class Mesh {
  #peers = new Map();
  ice = [];

  // `tracks()` gives {video, audio} as they are now; `show(key, stream)` is told of somebody's picture and sound.
  constructor(say, tracks, show) {
    Object.assign(this, { say, tracks, show });
  }

  // Offer a connection, in place of any that was there.
  call(person) {
    this.part(person.key);
    const peer = this.#add(person.key, person.role === "bot");
    peer.offer(() => this.call(person));
  }

  hear(from, message, person) {
    if (message.description?.type === "offer") {
      if (person?.role !== "person") return; // the bot asks for nothing
      this.part(from);
      this.#add(from, false).answer(message.description);
    } else {
      this.#peers.get(from)?.hear(message);
    }
  }

  part(key) {
    this.#peers.get(key)?.close();
    this.#peers.delete(key);
    this.#tune();
  }

  has(key) {
    return this.#peers.has(key);
  }

  changeTracks() {
    for (const peer of this.#peers.values()) peer.attach();
  }

  clear() {
    for (const key of [...this.#peers.keys()]) this.part(key);
  }

  #add(key, bot) {
    const peer = new Peer(this, key, bot);
    this.#peers.set(key, peer);
    this.#tune();
    return peer;
  }

  #tune() {
    const people = [...this.#peers.values()].filter((peer) => !peer.bot).length + 1;
    for (const peer of this.#peers.values()) peer.tune(people);
  }
}

class Peer {
  #turn = Promise.resolve();
  #stream = new MediaStream();

  constructor(mesh, key, bot) {
    Object.assign(this, { mesh, key, bot, people: 1 });
    this.connection = new RTCPeerConnection({ iceServers: mesh.ice, bundlePolicy: "max-bundle" });
    this.connection.onicecandidate = ({ candidate }) => {
      if (candidate && !this.held) this.say({ candidate: candidate.toJSON() });
    };
    this.connection.ontrack = ({ track }) => {
      this.#stream.addTrack(track);
      mesh.show(key, this.#stream);
    };
  }

  offer(again) {
    this.connection.onconnectionstatechange = () => {
      if (this.connection.connectionState === "failed") again();
    };
    this.#next(async () => {
      const { video, audio } = this.mesh.tracks();
      if (!this.bot) this.connection.addTransceiver(audio ?? "audio");
      const limits = this.#limits(video);
      this.connection.addTransceiver(video ?? "video", { sendEncodings: [limits] });
      this.held = this.bot;
      await this.connection.setLocalDescription();
      if (this.bot) await gathered(this.connection);
      this.held = false;
      this.say({ description: this.connection.localDescription });
    });
  }

  answer(description) {
    this.#next(async () => {
      await this.connection.setRemoteDescription(description);
      for (const transceiver of this.connection.getTransceivers()) transceiver.direction = "sendrecv";
      await this.attach();
      await this.connection.setLocalDescription();
      this.say({ description: this.connection.localDescription });
      await this.tune(this.people);
    });
  }

  hear({ description, candidate }) {
    this.#next(() =>
      description ? this.connection.setRemoteDescription(description) : this.connection.addIceCandidate(candidate));
  }

  // What is sent is what the camera and the microphone give now: nothing at all when they are off.
  async attach() {
    const tracks = this.mesh.tracks();
    for (const { sender, receiver } of this.connection.getTransceivers()) {
      await sender.replaceTrack(tracks[receiver.track.kind]).catch(() => {});
    }
    await this.tune(this.people);
  }

  async tune(people) {
    this.people = people;
    for (const { sender, receiver } of this.connection.getTransceivers()) {
      if (receiver.track.kind !== "video") continue;
      const parameters = sender.getParameters();
      if (!parameters.encodings?.length) continue; // nothing is agreed yet
      Object.assign(parameters.encodings[0], this.#limits(sender.track));
      await sender.setParameters(parameters).catch(() => {});
    }
  }

  say(message) {
    this.mesh.say({ type: "signal", to: this.key, ...message });
  }

  close() {
    this.connection.onicecandidate = this.connection.ontrack = this.connection.onconnectionstatechange = null;
    this.connection.close();
  }

  #limits(video) {
    if (!this.bot && this.people <= SMALL_CLASS) return { ...WHOLE, scaleResolutionDownBy: 1 };
    const { width = 640, height = 360 } = video?.getSettings() ?? {};
    const down = Math.max(1, Math.min(width, height) / BOT_SIDE);
    return { ...(this.bot ? FOR_BOT : HALF), scaleResolutionDownBy: down };
  }

  // One thing after the other, in the order in which they were told; what fails is left to the next offer.
  #next(work) {
    this.#turn = this.#turn.then(() => this.connection.signalingState !== "closed" && work()).catch(() => {});
  }
}

function gathered(connection) {
  return new Promise((done) => {
    setTimeout(done, GATHERING);
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "complete") done();
    });
  });
}
