"""Debian's Janus, started for a test inside a network namespace, and students that publish to it."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription

from meetbot.rooms.janus_session import JanusSession, Message
from tests.live.network import HOST
from tests.requires import require

LIBRARIES = Path("/usr/lib")
PLUGINS = "libjanus_videoroom.so"
TRANSPORTS = "libjanus_websockets.so"


@contextmanager
def janus(folder: Path, rooms: Sequence[str] = ("1234",), port: int = 8188) -> Iterator["Server"]:
    """A running server with the given rooms; a room "77:secret" has a pin."""
    server = Server(folder, rooms, port)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class Server:
    """A Janus process that can be killed and started again."""

    def __init__(self, folder: Path, rooms: Sequence[str], port: int) -> None:
        self._program = require("janus")
        self._folder = folder
        self.port = port
        self._process: subprocess.Popen[bytes] | None = None
        configure(folder, rooms, port)

    def start(self) -> None:
        """Start and wait until it listens."""
        log = (self._folder / "janus.log").open("ab")
        self._process = subprocess.Popen([self._program, "-F", self._folder], stdout=log, stderr=log)
        log.close()
        deadline = time.monotonic() + 20
        while not _listens(self.port):
            assert self._process.poll() is None, (self._folder / "janus.log").read_text()[-2000:]
            assert time.monotonic() < deadline, "Janus did not begin to listen"
            time.sleep(0.05)

    @property
    def pid(self) -> int:
        """Of the running process."""
        assert self._process is not None
        return self._process.pid

    def stop(self) -> None:
        """Kill it, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def configure(folder: Path, rooms: Sequence[str], port: int) -> None:
    """A copy of the package's configuration with the rooms, one WebSocket port and the veth addresses."""
    shutil.copytree("/etc/janus", folder, dirs_exist_ok=True)
    for unneeded in (*folder.glob("janus.plugin.*"), *folder.glob("janus.transport.*")):
        unneeded.unlink()
    described = "".join(_room(*room.partition(":")[::2]) for room in rooms)
    (folder / "janus.plugin.videoroom.jcfg").write_text(described)
    (folder / "janus.transport.websockets.jcfg").write_text(
        f'general: {{ ws = true; ws_port = {port}; ws_ip = "{HOST}"; wss = false }}\n'
        "admin: { admin_ws = false }\n"
    )
    library = next(LIBRARIES.glob("*/janus"))
    enabled = {"plugins": PLUGINS, "transports": TRANSPORTS}
    for kind, wanted in enabled.items():
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / wanted).symlink_to(library / kind / wanted)
    (folder / "janus.jcfg").write_text(
        f'general: {{ configs_folder = "{folder}"; plugins_folder = "{folder}/plugins"; '
        f'transports_folder = "{folder}/transports"; debug_level = 4; session_timeout = 60 }}\n'
        'nat: { ice_enforce_list = "v0,10.77."; ice_ignore_list = "vmnet" }\n'
        "media: { }\nplugins: { }\ntransports: { }\nevents: { broadcast = false }\n"
    )


def _room(number: str, pin: str) -> str:
    secret = f' pin = "{pin}";' if pin else ""
    return (
        f'room-{number}: {{ description = "Class"; publishers = 200; audiocodec = "opus";{secret} '
        'videocodec = "vp8,h264"; notify_joining = true; audiolevel_event = true; '
        "audio_active_packets = 25; audio_level_average = 50; transport_wide_cc_ext = true }\n"
    )


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((HOST, port)) == 0


class Student:
    """An aiortc publisher: what a browser does, with tracks of the test's own making."""

    def __init__(
        self, name: str, tracks: Sequence[MediaStreamTrack], room: int = 1234, port: int = 8188
    ) -> None:
        self.name = name
        self._tracks = tracks
        self._room = room
        self._session = JanusSession(f"ws://{HOST}:{port}/", lambda message: None, lambda why: None)
        self.peer = RTCPeerConnection()
        self._handle = 0
        self.id = 0

    async def publish(self, codec: str = "VP8") -> None:
        """Join and send."""
        await self._session.open()
        self._handle = await self._session.attach()
        joined = await self._ask(
            {"request": "join", "ptype": "publisher", "room": self._room, "display": self.name}
        )
        self.id = joined["plugindata"]["data"]["id"]
        for track in self._tracks:
            self.peer.addTrack(track)
        await self.peer.setLocalDescription(await self.peer.createOffer())
        local = self.peer.localDescription
        sdp = {"type": local.type, "sdp": local.sdp}
        body = {"request": "configure", "audio": True, "video": True, "videocodec": codec.lower()}
        answer = (await self._ask(body, sdp))["jsep"]
        await self.peer.setRemoteDescription(RTCSessionDescription(answer["sdp"], answer["type"]))

    async def camera(self, on: bool) -> None:
        """Switch the video off, or on again."""
        mid = next(t.mid for t in self.peer.getTransceivers() if t.kind == "video")
        await self._ask({"request": "configure", "streams": [{"mid": mid, "send": on}]})

    async def rename(self, name: str) -> None:
        """Call yourself something else."""
        await self._ask({"request": "configure", "display": name})

    async def kick_others(self) -> None:
        """Send everybody else out of the room, as its owner may."""
        listed = await self._ask({"request": "listparticipants", "room": self._room})
        for person in listed["plugindata"]["data"]["participants"]:
            if person["id"] != self.id:
                await self._ask({"request": "kick", "room": self._room, "id": person["id"]})

    async def destroy_room(self) -> None:
        """End the room for all."""
        await self._ask({"request": "destroy", "room": self._room})

    async def leave(self) -> None:
        """Go."""
        await self._session.close()
        await self.peer.close()

    async def _ask(self, body: Message, jsep: Message | None = None) -> Message:
        message: dict[str, object] = {"janus": "message", "handle_id": self._handle, "body": body}
        if jsep:
            message["jsep"] = jsep
        return await self._session.ask(message, later=True)
