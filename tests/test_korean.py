"""Korean questions: what they name, in both scripts, and English ones for Korean documents."""

from __future__ import annotations

import pytest

from assistant.backends.embedders import HashingEmbedder
from assistant.lexicon.bilingual import PAIRS, reads_korean
from assistant.lexicon.korean import bare, is_frame, noun_of
from assistant.lexicon.loanwords import Heard, hangul_sounds, latin_sounds
from assistant.protocols import Vectors
from assistant.quantities import written_elsewhere
from assistant.questions import understand
from assistant.stance.reasons import particles
from assistant.text import terms

VOCABULARY = ("typhon", "loui", "artemi", "zuckerberg", "abram", "star", "tariff", "bank", "선박", "10")
heard = Heard(lambda: VOCABULARY)


@pytest.mark.parametrize(
    ("hangul", "stem"),
    [("타이폰", "typhon"), ("아르테미스", "artemi"), ("저커버그", "zuckerberg"), ("에이브럼스", "abram")],
)
def test_a_name_is_known_by_its_sound(hangul: str, stem: str) -> None:
    """A name in Hangul is the word of the corpus that sounds so, though the index holds only its stem."""
    assert heard(hangul, False) == (stem,)


@pytest.mark.parametrize("word", ["발사대", "정부", "수출", "해병대", "만나", "대통령", "사람들"])
def test_a_native_word_is_no_name(word: str) -> None:
    """Words that only share consonants with a word of the corpus are not taken for it."""
    assert heard(word, False) == ()


def test_a_short_name_needs_the_place_of_one() -> None:
    """A word of two syllables says little alone; before an institute it is a name."""
    heard = Heard(lambda: ("coney",))
    forms = {f for c in understand("코니연구소는 무엇을 조사했나?", heard=heard).concepts for f in c.forms}
    assert ("coney",) in forms
    assert ("research", "institut") in forms


def test_sounds_agree_in_both_scripts() -> None:
    """One of the ways in which a Latin word may sound is that of its Hangul."""
    assert hangul_sounds("텍스트론")[0] in {s for s, _ in latin_sounds("textron")}


@pytest.mark.parametrize("word", ["가운데", "됩니까", "주세요", "했던", "어느쪽", "얼마인가"])
def test_words_that_only_frame_a_question(word: str) -> None:
    """What only frames a question names nothing in it."""
    assert is_frame(word)
    assert not [c for c in understand(f"수출은 {word}").concepts if word in c.surface]


@pytest.mark.parametrize("word", ["반도체", "해병대", "인프라", "보고르", "가나안"])
def test_words_that_name_something(word: str) -> None:
    """Nouns are no frame, though they begin as one."""
    assert not is_frame(word)


def test_nouns_without_their_endings() -> None:
    """A verb made of a noun is that noun; a particle and the plural are dropped."""
    assert [noun_of(w) for w in ("모집하려고", "비난한", "제한되었던")] == ["모집", "비난", "제한"]
    assert [bare(w) for w in ("공병대가", "학생들을", "함대에서는")] == ["공병대", "학생", "함대"]


def test_a_term_over_a_space_ends_with_a_word() -> None:
    """`미국 인프라` does not speak of Americans."""
    assert [c.surface for c in understand("미국 인프라 투자").concepts] == ["미국", "인프라", "투자"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("835억 달러", "83.5 billion"),
        ("1조 2,000억원", "1.2 trillion"),
        ("250만 달러", "2.5 million"),
        ("3천만 명", "30 million"),
        ("2026년 2월", "February"),
        ("3분기", "third quarter"),
        ("USD 83.5 billion", "835 억"),
        ("1.2 trillion won", "1.2 조"),
        ("2.5 million", "250 만"),
        ("in February", "2 월"),
        ("the third quarter", "3 분기"),
    ],
)
def test_amounts_are_carried_over(text: str, form: str) -> None:
    """Amounts, months and quarters are written as documents of the other language write them."""
    assert any(form in w.forms for w in written_elsewhere(text))


@pytest.mark.parametrize("text", ["제10조", "2026년", "5조항", "1월간 3개", "42"])
def test_what_is_no_amount(text: str) -> None:
    """An article, a year and a bare number have no scale."""
    assert not [w for w in written_elsewhere(text) if "trillion" in " ".join(w.forms) and text.startswith("제")]
    assert not [w for w in written_elsewhere(text) if text in ("2026년", "42")]


def test_an_amount_is_one_thing() -> None:
    """835억 달러 is found in English and in Korean by one concept."""
    amount = next(c for c in understand("835억 달러를 투자한 해는?").concepts if c.kind == "number")
    assert {("83.5", "billion"), ("835", "억")} <= set(amount.forms)


def test_english_questions_reach_korean_documents() -> None:
    """The glossary serves the other way round: phrases before their words."""
    weights = understand("What did the National Assembly say about semiconductor exports in February?").weighted_terms()
    for term in ["국회", *terms("반도체"), "수출", "월"]:
        assert weights.get(term, 0.0) > 0.0, term


def test_the_wording_for_an_english_embedder_is_english() -> None:
    """What has no English is left out of it, unless there is nothing else."""
    assert understand("뽀로롱의 반도체 수출").gist.isascii()
    assert understand("뽀로롱").gist == "뽀로롱"


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("협약에 서명한 날짜는?", "when"),
        ("정점에 이른 해는?", "when"),
        ("공병대 허가의 근거가 되는 법률은?", "open"),
        ("며칠 동안 시행되었습니까?", "number"),
        ("국제수지를 이유로 관세를 통보한 기구는 어디입니까?", "where"),
        ("저자들이 말하는 허브란 무엇입니까?", "definition"),
        ("저자는 누구인가요?", "who"),
    ],
)
def test_what_korean_questions_want(question: str, wants: str) -> None:
    """The kind of answer is told by the question's own word for it."""
    assert understand(question).wants == wants


class Bilingual(HashingEmbedder):
    """Gives a Korean phrase the vector of its English."""

    def embed_question(self, text: str) -> Vectors:
        return super().embed_question(dict(PAIRS).get(text, text))


def test_an_embedder_is_asked_whether_it_knows_korean() -> None:
    """A model that lays Korean beside its English knows Korean; one that hashes words does not."""
    assert reads_korean(Bilingual())
    assert not reads_korean(HashingEmbedder())


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("WTO이(가)", "WTO가"), ("OECD을(를)", "OECD를"), ("USTR은(는)", "USTR은"), ("GM과(와)", "GM과"), ("FTA(으)로", "FTA로"),
        ("URL(으)로", "URL로"), ("Canada은(는)", "Canada는"), ("Seoul이(가)", "Seoul이"), ("Berlin을(를)", "Berlin을"),
        ("Park이(가)", "Park이(가)"), ("[3]은(는)", "[3]은"), ("85%을(를)", "85%를"), ("“관세”이(가)", "“관세”가"), ("표 2(으)로", "표 2로"),
    ],
)  # fmt: skip
def test_particles_follow_the_sound_before_them(written: str, said: str) -> None:
    """After Hangul, figures, brackets, acronyms and Latin words; where the sound is not sure both forms stay."""
    assert particles(written) == said
