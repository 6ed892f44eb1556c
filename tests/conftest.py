"""What every test and the commands that it starts find: no pin of this machine's user, nothing to tell."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

# Before anything is imported, and in the environment, so that commands in processes of their own see it too.
_FOLDER = Path(tempfile.mkdtemp(prefix="meetbot-tests-"))
_FOLDER.chmod(0o755)  # some tests become another user
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["XDG_CONFIG_HOME"] = str(_FOLDER / "config")
os.environ["XDG_STATE_HOME"] = str(_FOLDER / "state")
os.environ["LC_ALL"] = "C.UTF-8"  # pages are written in the language of the account, and tests read English
(_FOLDER / "state" / "meetbot").mkdir(parents=True)
(_FOLDER / "state" / "meetbot" / "told-where-forbidden").touch()

# A busy machine is no fault of the code: no property is refused because its examples took long to make.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
