"""Settings: where they come from, and what is said about a wrong one."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.config import PREFIX, Settings, load
from assistant.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    (folder / "assistant.toml").write_text(text, encoding="utf-8")
    return folder


class TestOrder:
    def test_defaults(self, tmp_path: Path) -> None:
        """Without a file, variables and options, the defaults hold."""
        assert load({}, tmp_path) == Settings()

    def test_later_sources_win(self, tmp_path: Path) -> None:
        """The environment overrides the file, and an option overrides both."""
        write(tmp_path, 'hits = 5\nsentences = 2\ncorpus = "mine"\n')
        environ = {"ASSISTANT_HITS": "6", "ASSISTANT_SENTENCES": "4", "OTHER": "1"}
        settings = load(environ, tmp_path, sentences=1, index=None)
        assert (settings.hits, settings.sentences, settings.corpus) == (6, 1, Path("mine"))
        assert settings.index == Settings().index

    def test_nothing_is_not_given(self, tmp_path: Path) -> None:
        """An empty variable and an option of None count as not given."""
        assert load({"ASSISTANT_CORPUS": ""}, tmp_path, corpus=None) == Settings()

    @pytest.mark.parametrize("field", fields(Settings), ids=lambda f: f.name)
    def test_every_setting_from_every_source(self, tmp_path: Path, field: object) -> None:
        """Each setting can be given by file, environment and option, with one meaning."""
        name = field.name  # type: ignore[attr-defined]  # a dataclass field
        default = getattr(Settings(), name)
        text = "true" if isinstance(default, bool) else "700" if isinstance(default, int) else "some/where"
        shown = text if text in ("true", "700") else f'"{text}"'
        by_file = load({}, write(tmp_path, f"{name} = {shown}\n"))
        by_environ = load({PREFIX + name.upper(): text}, tmp_path / "none")
        by_option = load({}, tmp_path / "none", **{name: text})
        assert by_file == by_environ == by_option != Settings()
        assert type(getattr(by_file, name)) is type(default)

    @pytest.mark.parametrize(
        ("text", "value"), [("yes", True), ("1", True), ("TRUE", True), ("no", False), ("0", False), ("False", False)]
    )
    def test_truth(self, text: str, value: bool) -> None:
        """True and false are told by their usual words."""
        assert load({"ASSISTANT_ALLOW_DOWNLOAD": text}, Path("/nowhere")).allow_download is value


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ("hitz = 5", "hitz"),
            ('hits = "many"', "hits"),
            ("hits = 0", "hits"),
            ("hits = -3", "hits"),
            ("hits = 2.5", "hits"),
            ("hits = true", "hits"),
            ("hits = [1]", "hits"),
            ("[corpus]\npath = 1", "corpus"),
            ('embedder = ["a", "b"]', "embedder"),
            ('allow_download = "perhaps"', "allow_download"),
            ("hits = ", "assistant.toml"),
        ],
    )
    def test_one_line(self, tmp_path: Path, text: str, named: str) -> None:
        """A wrong or unknown setting is one line that names it and says what to give."""
        with pytest.raises(ConfigError) as caught:
            load({}, write(tmp_path, text))
        message = str(caught.value)
        assert named in message
        assert "\n" not in message
        assert ":" in message

    def test_not_utf8(self, tmp_path: Path) -> None:
        """A file in another encoding is one line."""
        (tmp_path / "assistant.toml").write_bytes(b'corpus = "\xff\xfe"')
        with pytest.raises(ConfigError, match=r"assistant\.toml"):
            load({}, tmp_path)

    def test_unknown_option(self, tmp_path: Path) -> None:
        """An option that is no setting is named with those that are."""
        with pytest.raises(ConfigError, match=r"hitz.*hits"):
            load({}, tmp_path, hitz=5)

    @given(st.sampled_from([f.name for f in fields(Settings)]), st.text(max_size=20).filter(lambda s: "\0" not in s))
    def test_any_value(self, name: str, value: str) -> None:
        """Whatever a variable says, it is a setting or one line."""
        assert len(_said({PREFIX + name.upper(): value}).splitlines()) <= 1


def _said(environ: dict[str, str]) -> str:
    """The error's line, or nothing."""
    try:
        load(environ, Path("/nowhere"))
    except ConfigError as error:
        return str(error)
    return ""


class TestFingerprint:
    def test_places_do_not_matter(self) -> None:
        """Where things lie changes no reply, and so not the fingerprint."""
        assert Settings(corpus=Path("a"), index=Path("b"), state=Path("c")).fingerprint() == Settings().fingerprint()

    @pytest.mark.parametrize("name", ["embedder", "passage_tokens", "hits", "candidates", "sentences"])
    def test_what_changes_replies_does(self, name: str) -> None:
        """A setting that can change a reply changes the fingerprint."""
        changed = Settings(**{name: "other" if name == "embedder" else 99})  # type: ignore[arg-type]  # fields by name
        assert changed.fingerprint() != Settings().fingerprint()
