"""Every number that turns what was seen into what is said, in one place, with its unit and its reason."""

DEFAULT_EVERY = 1.0  # seconds of media time between two sampling instants
LEAST_EVERY, MOST_EVERY = 0.04, 3600.0  # every frame of a usual recording, and one look an hour

# faces
UNSURE_BELOW = 0.4  # certainty (0-1) under which a face's mood is called "unsure"
FIND_SCORE = 0.8  # detector score (0-1): 0.0 false faces a frame on galleries, against 0.26 at 0.6
FIND_NMS = 0.3  # overlap (0-1) of two boxes above which the detector keeps the surer one
FIND_SIDE = 960  # pixels, longest side of the copy that is searched first: 13 ms against 66 for 1080p
STREAM_SIDE = 160  # the same for somebody's own stream: most faces are large in it, 4 ms against 13
FIND_ALL_EVERY = 5.0  # seconds after which that copy is searched, and not only about known faces
FIND_FULL_UNDER = 28  # pixels of a face's height in that copy (56 at 1080p) under which recall falls
FIND_FULL_EVERY = 60.0  # seconds of media time after which the frame itself is searched in any case
FIND_SMALL_EVERY = 10.0  # ... where some faces are smaller than that; a whole part of those 60
POINTS_HEIGHT = 48  # pixels of a face; twice as large ones are shrunk before they are looked at for points
POINTS_REACH = 1.6  # of the face's height: the piece about it that is looked at, which is turned upright
POINTS_NEAR = 0.25  # of the face's height, by which the middle of the points may lie off that of the box
POINTS_FACE = 0.0  # what the points network says (log odds) below which a square shows no face
FOLLOW_SURE = (
    3.0  # the same, from which a known face is followed without the detector: 97 of 100 looks at one
)
FOLLOW_STEP = 0.05  # of the face's height, by which a square may be off a face without harm to its points
# Quality of a face's picture as (value, quality) points with straight lines between; certainty is the
# classifier's calibrated top probability times all of them. The corners are chosen, not fitted:
# benchmarks/quality.py prints what each fault costs a model, to set them by.
QUALITY_HEIGHT = ((20.0, 0.3), (48.0, 1.0))  # pixels of the face; the crop itself has 48
QUALITY_LIGHT = ((15.0, 0.0), (40.0, 1.0))  # mean brightness, 0-255; 1 % of FER-2013 is darker than 48
QUALITY_CONTRAST = ((5.0, 0.0), (20.0, 1.0))  # standard deviation of brightness; 1 % of FER-2013 is under 25
QUALITY_SHARPNESS = ((0.05, 0.2), (0.2, 1.0))  # 1 % of FER-2013 is under 0.46; blur by 1 px gives 0.25
QUALITY_TURN = ((30.0, 1.0), (60.0, 0.3))  # degrees off the camera; at 60 half of the face is hidden

# pictures that a lesson keeps: slides without faces, and faces that the user asks for
HIDE_SCORE = 0.3  # detector score from which something on a slide may be a face, and is filled
HIDE_AROUND = 0.3  # of a face's box: what is filled around it, for hair, ears and chin
STILL_SIDE = 560  # pixels, longest side of a kept slide: its title can be read, and a small face is a dot
STILL_BYTES = 40_000  # of one picture; a slide of text takes 15 to 25 thousand
STILLS_MOST = 200  # slides of one lesson
STILL_TRIES = 3  # times that a kept slide is searched for faces; one that still seems to have any is dropped
PORTRAIT_SIDE = 96  # pixels, both sides of a kept face: large enough to know somebody by, 3 KB
# Times that a face must be better to be seen than the kept one: a few are taken of each
PORTRAIT_BETTER = 1.2

# gallery: faces followed by position
SEAT_MEMORY = 120.0  # seconds after which an empty place is given up: longer absences are a new seat
FOLLOW_REACH = 1.5  # face widths: a tile is about three faces wide, so the neighbour is never within reach
FOLLOW_SIZE_RATIO = 1.8  # a face this much larger or smaller is somebody else
REFLOW_STEP = 0.7  # face widths within which a face stayed where it was
REFLOW_SHARE = 0.4  # the share of faces that must jump at once for the gallery to have been rearranged

# gallery: name labels
LABEL_STRIP = (30, 90)  # pixels, least and most height of the lower part of a cell that is searched first
LABEL_STRIP_SHARE = 0.2  # of the cell's height, between those two
LABEL_STRIP_WIDTH = 0.62  # of the cell's width, from the left
LABEL_TALL = 1.6  # of that height: how far up large labels reach, searched where a line goes on there
LABEL_BLANK = 0.5  # of a line's height: the widest blank between two words
LABEL_SHEET = 60_000  # pixels of strips that are searched in one piece: 20 MB
LABEL_CHANCE = 0.3  # chance (0-1) above which the finder's pixel is text
LABEL_GROW = 0.8  # area over half the outline by which a found core is widened to its line
LABEL_TRIES = 2  # lines of one cell that are read until one makes sense; 21 ms each
LABEL_SURE = 0.6  # mean chance (0-1) of its letters under which a label is not believed
LABEL_HOLE = 1.25  # heights of its line between two letters: letters that can't be read are missing there
LABEL_END_SURE = 0.5  # chance (0-1) under which a first letter is taken for an icon
LABEL_ICON_SURE = 0.85  # ... and a last one alone behind Latin ones: icons are read as Chinese at 0.2 to 0.74
LABEL_THREADS = 1  # of onnxruntime
NAME_ALIKE = 0.79  # likeness (0-1) of a read name and one on the class list: one letter of five may be wrong
NAME_LEAD = 0.1  # likeness by which it must lead every other person, else nobody is meant
NAME_LEAD_OF_LABELS = 0.04  # ... and by which a label must lead every other label that could mean the person
NAME_SHORTENED = 0.92  # likeness of "Ada L." to "Ada Lovelace": less than that of the whole name ...
NAME_FIRST_ONLY = 0.85  # ... and that of "Ada" alone less still
NAME_CUT, NAME_CUT_LEAST = 0.85, 6  # likeness of a name and its first letters, of so many at least
NAME_CUT_SHORT = 3  # letters that are enough where nobody else may begin so
NAME_SOMEHOW = 0.5  # ... likeness from which a cut-off name may be that of somebody who is left out
NAME_SAME = 0.95  # likeness from which two read names are one
NAME_SURE = 0.85  # mean chance from which a name on no class list is shown: 97 % of Latin labels of 9-16 px
NAME_LONGEST = 60  # letters; products cut names off before that

# gallery: how a tile looks, and who sits in it
STROKES_HEIGHT, STROKES_WIDTH = 30, 220  # pixels of the lower left corner in which a label's strokes are kept
STROKES_KERNEL = 7  # pixels: letters of 10-16 px have strokes of 1-3
STROKES_LEAST = 40  # brightness levels by which a stroke stands out
STROKES_FAINT = 0.4  # of the plainest stroke: fainter ones are the picture's
STROKES_SHARE = (0.01, 0.25)  # of that corner: less is no writing, more is a bookshelf
STROKES_SPECKS = 0.015  # of the strokes, at each end: what stands so far off is no part of the writing
STROKES_NARROWER = 0.88  # widths of two labels' writing, one over the other, under which they differ
STROKES_ELLIPSIS, STROKES_BEGUN = 16, 32  # pixels: the end of a cut label, and what must stand before it
STROKES_SLACK = 6  # pixels by which a label may move inside its corner
LOOK_JUMP, LOOK_STEP = 0.5, 12.0  # correlation under which, and levels over which, a tile shows another scene
# Points for and against a tile being a known person's, as (evidence, points) with straight lines between.
# SEAT_ENOUGH takes one strong piece of evidence or two weak ones, so that a face is never guessed.
SEAT_NAMES = ((0.5, -20.0), (0.75, 0.0), (0.85, 8.0), (1.0, 12.0))  # likeness of two read names
SEAT_STROKES = ((0.3, -4.0), (0.65, 0.0), (0.85, 8.0))  # correlation of two labels' strokes
SEAT_COLOURS = ((0.4, -4.0), (0.7, 0.0), (0.9, 3.0))  # share of the tile with the same colours
SEAT_SMALL = ((0.2, -2.0), (0.6, 0.0), (0.9, 3.0))  # correlation of two tiles in small
SEAT_OFF_WORTH = 0.5  # what those two weigh when the camera is off: all such tiles look much the same
SEAT_STAYED = 5.0  # points for standing where the person stood, in an unchanged layout
SEAT_HERE = 2.5  # points in another layout for having been in the one before: most people are still there
SEAT_LEFT_OVER = 0.0  # points, where one person and one tile are left over
SEAT_ENOUGH = 4.0  # points
SEAT_LEAD = 3.0  # points before every other person and every other tile
SEAT_RESTLESS, SEAT_RESTLESS_WITHIN = 2, 30.0  # times, seconds: a tile so often unlike itself is believed
SEAT_LOOK_MEMORY = 600.0  # seconds for which the look of somebody who is away is remembered
SEAT_ALONE = 12.0  # points instead of SEAT_STAYED when only this tile changed: nobody changed places
SPEECH_SEEN = 0.01  # of the instants: with less, the lesson shows no speech, and what was seen was a wall
SPEECH_LOOKED = 60.0  # seconds of looking from which it is said that speech can't be seen
SPEECH_BREATH = 5.0  # seconds of silence within one stretch of speech
TEACHER_SPEAKS = 60.0  # seconds of speech from which somebody may be the teacher
COMPANION_MEMORY = 60.0  # seconds for which a face beside somebody, or theirs, is remembered
LABEL_SAMPLES = 3  # pictures of one layout, on whose median unclear labels are read: 2.8 % against 3.3 %
SLIDE_LEVELS = 12  # brightness levels by which a part of the stage must change
SLIDE_STILL = 0.02  # share of the stage that may move while a slide stands still: a pointer, a camera in it
SLIDE_CHANGED = 0.08  # share of the stage that another slide changes
STROKES_SAME = 0.5  # correlation of a label's strokes under which it is looked at again
CELL_SLACK, CELL_SLACK_SHARE = 6, 0.1  # pixels, or of a cell's shorter side: the same cell, found elsewhere
# ... of a shared screen's: white on white, its shape is a guess, and the tiles tell more
STAGE_SLACK_SHARE = 0.3
GROUND_LEVELS, GROUND_SHARE = 6, 0.99  # a tile is gone where so much of it is that near to what is around it
LOST_MOST = 2  # tiles without a camera that may be missed at once
LAYOUT_SURE = 0.7  # confidence from which plain borders are enough to know a layout again: less may be wrong
RIVAL_SURER = 0.1  # by which a layout is surer than another; less is chance
RIVAL_SURE, RIVAL_LOOKS = 2, 6  # samples in a row that find another layout, surer or less sure
DOUBLED = 0.2  # of the tiles, three at least: where so many show several faces, tiles were taken together
LOOKS_KEPT = 3  # looks of one person in one layout beside the last: with a sign in the tile, leaning away
CROWD_FACES, CROWD_SAMPLES = 4, 3  # faces in the only tile, in a row, that make it a room full of people
FLAT_STEP = (
    6  # brightness levels between two of 64 x 27 squares of a tile, above its label, that count as a step
)
FLAT_STEPS, FLAT_GROUND = (
    0.25,
    0.64,
)  # shares with a step (initials have some) and of the rim's shade: camera off
FLAT_SHADE = 4  # brightness levels within one flat colour, after compression
FLAT_RIM, FLAT_TOP = 0.82, 0.95  # shares of a tile's sides and of its top of one shade: camera off
SMALLEST_GALLERY = 80  # pixels of a frame's shorter side under which there is no gallery to be seen
MOST_TILES = 100  # tiles of a layout that is given by hand; products show 49
DRAWN_LINE = 0.002  # of the picture's width: lines of a drawn layout

# class lists
ROSTER_MOST = 5000  # people: names are compared each with each

# live rooms
ROOM_PEOPLE_MOST = 1000  # who a room may name while the bot is there; Janus rooms hold a few hundred
ROOM_NAME_MOST = 200  # letters of a name that a room tells; people's are shorter
SDP_MOST, SDP_MEDIA_MOST = 256 * 2**10, 64  # bytes and streams of one description; a wave has 16 streams
WHEP_ANSWER_MOST = 2**20  # bytes of a WHEP server's answer
WHEP_RETRY_MOST = 300.0  # seconds until the next offer, whatever the server says
CAMERA_SILENT = 4.0  # seconds without a picture after which a camera counts as off: a stutter is shorter
REJOIN_PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # seconds between two tries to come back
STEADY_AFTER = 60.0  # seconds in a room after which a break is a new one, and the pauses begin anew
REJOIN_FOR = 600.0  # seconds: a server that is away for ten minutes has ended the class
EMPTY_FOR = 300.0  # seconds that the bot waits in a class that everybody has left
JOIN_WITHIN = 20.0  # seconds from asking to being in the room; the rooms' own waits are shorter
PAUSE_TOLD = 5.0  # seconds without a look that are told as a gap: the machine slept or was too busy
FIRST_PICTURE = 2.0  # seconds that the first look waits for a picture; they come within half a second
WAVE_MOST = 16  # streams on one connection: what a socket has room for is a second of so many
LOST_AFTER = 0.7  # seconds that a packet may be late: servers keep them for one (Janus), to send them again
SOCKET_ROOM = 2**20  # bytes that may wait in a socket: a second of 16 people, where the system gives so many
TAKEN_MOST = 64  # packets of one socket in a row
ROOM_RESTS = 0.01  # seconds that a room's loop sleeps before it waits: a packet is so much older
THREAD_TURN = 0.0005  # seconds that a thread may keep Python's lock from the others while a class is followed
GATHER = 0.25  # seconds of a video that are decoded at once: a picture is so much older when it is read
GATHER_MOST = 16  # pictures of them, whatever a sender's clock says
ASK_AGAIN_AFTER = 0.5  # seconds between two requests for a whole picture: they get lost as well
LEAVE_WITHIN = 5.0  # seconds for saying good-bye to a server that may not listen any more
TALLY_EVERY = 10.0  # seconds between two notes in the lesson of how well the class is followed
WHEP_RETRY = 5.0  # seconds until the next offer, where the server does not say

# the built-in class room
ROOM_PORT = 8765  # where `meetbot room` listens and a bare class code is looked for
CLASS_MOST = 12  # people: in a mesh everybody sends to everybody, 11 times 150 kbit/s up each

# attention: is the face turned to the screen?
ATTENTION_NEEDS = 180.0  # seconds of seen poses before a person's own centre is trusted
CENTRE_OFF_CAMERA = 25.0  # degrees a person's centre may lie off the camera: a second screen, not a window
FACING_YAW = 20.0  # degrees off the centre: half a laptop screen at 55 cm is 17, and 3 for the pose's error
FACING_PITCH = 15.0  # degrees off the centre: half the screen is 10 and the keyboard starts at about 20 down

# the policy `class`: shares of the class by minute
CLASS_LEAST = 5  # people under whom nothing is told
CLASS_STEPS = ((20, 0.05), (10, 0.1), (5, 0.2))  # people, and the step that is no finer than one of them
# Share of a minute's looks that may not have come off with somebody who was there all of it
CLASS_MISSED = 0.1
CLASS_SEEN = 0.5  # share of them in which a face must be seen for its mood and direction to count
CLASS_PART = 30.0  # seconds of the lesson's last minute from which it is summed up
# Degrees off the camera: FACING_YAW and _PITCH, and 10 for where it stands
CLASS_YAW, CLASS_PITCH = 30.0, 25.0

# smoothing of moods over time
MOOD_WINDOW = 6.0  # seconds either side: facial expressions last 0.5-4 s, moods longer
MOOD_WINDOW_INSTANTS = 3  # instants either side at least, when sampling is slow
MOOD_SUPPORT = 2  # readings of the window that must show a mood themselves: one wrong frame is never enough
MOOD_LEAD = 0.1  # probability by which another mood must lead before it takes over
MOOD_SURE_SHARE = 0.5  # of the window's faces (by weight) that must be sure, else the mood is "unsure"
SPAN_GAP = 5.0  # seconds without a face that end a stretch of mood
SPAN_GAP_INSTANTS = 3  # or so many instants, when sampling is slow

# engagement index
INDEX_ATTENTION = 0.6  # weight of attention: measured from the head's direction
INDEX_MOOD = 0.4  # weight of mood: rests on weights from one small study, so less than attention
# The weights of the concentration index of Sharma et al. 2019 ("Student engagement detection using emotion
# analysis, eye tracking and head movement with machine learning", arXiv:1909.12913). Never validated
# against learning, by them or by us.
MOOD_WEIGHTS = {
    "neutral": 0.9,
    "happy": 0.6,
    "surprise": 0.6,
    "sad": 0.3,
    "fear": 0.3,
    "angry": 0.25,
    "disgust": 0.2,
}
MOOD_FULL = 0.9  # the largest of them, by which the mood is divided, as the published index does

# sources
SMALLEST_SIDE = 16  # pixels: the faces of a smaller picture can't be told from noise
LONGEST_STILL = 600.0  # seconds that one picture may stand still; a larger leap is a broken clock
CLOCK_JITTER = 1.0  # seconds that time stamps may run backwards before the clock counts as broken
REORDER_PACKETS = 32  # packets read ahead for the showing order: H.264 and HEVC move a frame by 16 at most
LOOKAHEAD_PACKETS = 256  # compressed frames held until it is known whether they are needed (10 s at 25/s)
LOOKAHEAD_BYTES = 16 * 2**20  # ... and their size: 256 packets of 4K at 20 Mbit/s
AHEAD_MOST = 4  # instants that wait for the next thread ...
AHEAD_PIXELS = 8_300_000  # ... of so many pixels in all: four at 1080p and one in 4K, 2.5 bytes a pixel
FREED_AT_ONCE = 2**20  # bytes from which a piece of memory goes back when it is freed: 60 MB less at the peak
DECODED_BY_ONE = 1920 * 1080 * 30  # pixels a second up to which one thread decodes while others read
DECODE_THREADS = 4  # of more; each thread holds frames of its own: 12 MB apiece in 4K

# many recordings
RENEW_EVERY = 600.0  # seconds of media time between two layouts taken anew: a recording is cut there
RENEW_PATIENCE = 30.0  # seconds within which that is tried again, and two pieces may meet
CUT_WARM = 120.0  # seconds read before a cut and thrown away: SEAT_MEMORY, and twice COMPANION_MEMORY
WORKER_MEMORY = 2 * 2**30  # bytes of a worker process: reading takes 400 MB, and a long lesson's figures more
WORKER_MEMORY_LEAST = 512 * 2**20  # bytes under which a process is ended while it loads what it reads with
WORKERS_A_CORE = 4  # processes that may be started for each: more of them wait for one another
WORKER_DEATHS = 3  # workers that may die over one recording before it is given up
WORKERS_WITHIN = 20.0  # seconds after which it is said that no worker has come
SCHEDULER_WITHIN = 120.0  # seconds within which a scheduler that was lost may come back
SCHEDULER_LOSSES = 3  # times that it may be lost while not one recording is read in between
LESSON_WITHIN = 120.0  # seconds until another worker has let go of a lesson: NFS frees a dead one's after 90

# report
FEW_SEEN = 1 / 3  # share of the class under which the class isn't described and lines are dashed
FEW_KNOWN = 0.1  # share of the faces with a known direction under which attention isn't described
SHORT_LESSON = 300.0  # seconds under which unknown attention is put down to the length: a centre takes 180
MOST_MOMENTS = 3  # moments named on the first screen

# several lessons together
TERM_LESSONS = 8  # with a known attention, from which a trend is looked for: fewer can hardly tell one
TERM_BREAK = 4  # weeks without a lesson that are still drawn as a gap; a longer break is drawn as so many

# moments: changes of the class that chance does not explain
MOMENT_LEVEL = 0.05  # chance of any moment where nothing changed; `benchmarks/moments.py` counts them
MOMENT_TRIES = 999  # shuffled lessons that the real one is compared with
MOMENT_MARGIN = 120.0  # seconds that a level must hold before and after a change
MOMENT_NEEDS = 900.0  # seconds of lesson; with less there are too few blocks to shuffle
MOMENT_BLOCK = (120.0, 300.0)  # seconds, shortest and longest block that stays together when shuffled
MOMENT_BLOCK_TIMES = 8.0  # correlation times in a block, so that blocks are nearly independent
MOMENT_LEAST = 0.05  # share by which the class must change: less is of no use to a teacher
MOMENT_PEOPLE = 3  # people that a moment must rest on
MOMENTS_MOST = 8  # of one kind in a lesson

# the live page
LIVE_PORT = 8766  # where the page is served, if that port is free
LIVE_EVERY = 3.0  # seconds between two states of the page: the eye is not drawn to it
LIVE_WINDOW = 600.0  # seconds that the page looks back
LIVE_STEP = 10.0  # seconds of one point of its curves
LIVE_NOW = 60.0  # seconds that "now" is made of: a glance at a book is no news
LIVE_KEPT = 12 * 3600.0  # seconds for which a room's page keeps its address: a day at school
ASK_AFTER = 180.0  # seconds with the camera off, unseen, or turned away, after which a person is named
ASK_SEEN, ASK_AWAY = 0.5, 0.2  # shares: of a stretch with a known direction; of that, turned to the screen
MOMENT_LIVE_EVERY = 60.0  # seconds between two searches for moments
MOMENT_LIVE_LEVEL = 0.01  # chance in one search: a lesson is searched thirty times, and nothing is taken back
