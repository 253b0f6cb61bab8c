"""What the gates see: how much of a question the best passage, the best sentence and the corpus hold.

Every feature lies about between 0 and 1 and is a share, a cosine or a flag, so that it means the same in a corpus of ten
passages and of ten thousand: rarity is taken relative to that of a word which the corpus never uses.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from assistant.answering.candidates import Candidate, Weigh, bag_of, covers, untranslated, weight_before
from assistant.answering.fit import kindred
from assistant.questions import Concept, Question, is_superlative
from assistant.text import language_of, terms

NEVER = "\0"
"""No term: its weight is that of a word in no passage."""
_KINDS = {"generic": 0.25, "term": 1.0, "name": 1.25, "year": 1.25, "number": 1.0}


def rarity(concept: Concept, weigh: Weigh) -> float:
    """How rare a concept is: 1 where the corpus never names it, 0 where every passage does; its commonest form counts."""
    never = weigh(NEVER) or 1.0
    return min(sum(map(weigh, form)) / len(form) for form in concept.forms) / never


def words_of(question: Question, weigh: Weigh) -> dict[str, float]:
    """The question's own terms with their relative rarity: Hangul bigrams for a Korean one."""
    never = weigh(NEVER) or 1.0
    return {t: weigh(t) / never for t in terms(question.text)}


def features(
    question: Question, found: Sequence[Candidate], everything: Sequence[Candidate], weigh: Weigh
) -> dict[str, float]:
    """Of the best of `found` and of how it stands among `everything`, which is not empty."""
    best = (found or everything)[0]
    told = [c for c in everything if c.kind not in ("reference", "title")] or list(everything)
    reads = language_of(best.text) == question.language
    words = words_of(question, weigh)
    subject = [
        c for c in question.concepts if c.kind not in ("year", "number", "generic") and not is_superlative(c.surface)
    ]
    subject = subject or list(question.concepts)
    if language_of(best.text) == "en":  # what is not translated, English text cannot have
        subject = [c for c in subject if not untranslated(c)] or subject
    rare = {c: _KINDS[c.kind] * rarity(c, weigh) for c in subject}

    def named(text: str) -> float:
        """By terms where the languages are one, by concepts with their translations where not."""
        bag = bag_of(text)
        if not reads:
            return _share({c: covers(c, bag) for c in rare}, rare)
        return _share({t: float(t in bag) for t in words}, words)

    def meant(text: str) -> float:
        bag = bag_of(text)
        return _share({c: covers(c, bag) for c in rare}, rare)

    passages = {c.passage.id: c.passage for c in told}
    texts = {id: "\n".join([p.text, *p.section, p.context]) for id, p in passages.items()}
    by_passage = sorted((named(t) for t in texts.values()), reverse=True)
    own = texts.get(best.passage.id) or "\n".join([best.passage.text, *best.passage.section])
    beside = "\n".join(texts[id] for id, p in passages.items() if p.document == best.passage.document) or own
    own_bag, all_bag = bag_of(own), bag_of(beside)
    # What the passage names by a short form that its document explains is not lost.
    lost = {c: r for c, r in rare.items() if c in best.unheard and covers(c, own_bag) < 0.5}
    nowhere = {c: r for c, r in lost.items() if covers(c, all_bag) < 0.5}
    names = [c for c in subject if c.kind == "name"]
    total = sum(weight_before(c, best.text, weigh) for c in question.concepts) or 1.0
    uncovered = sum(weight_before(c, best.text, weigh) for c in best.uncovered) / total
    exact = question.wants in ("number", "when")
    cosines = sorted((c.cosine for c in told), reverse=True)
    lates = sorted((c.late for c in told if c.late is not None), reverse=True)
    share = best.measured.get
    fits = [v for n, v in best.measured.items() if n.startswith("fits_") and n != "fits_and_words"]
    misfits = [v for n, v in best.measured.items() if n.startswith("misfits_")]
    others = [c for c in told if c is not best]
    # For a figure or date, the first candidate that has one by the stricter reading: what offers it may lack the rest.
    strict = next((c for c in found or told if c.kindred == 1.0), None) if exact else best
    lacked = sum(weight_before(c, best.text, weigh) for c in strict.uncovered) / total if strict else 1.0
    sentence = f"{best.before}\n{best.text}\n{' '.join(best.passage.section)}"
    return {
        # the subject
        "words_passage": by_passage[0],
        "words_own": named(own),
        "words_stand": by_passage[0] - by_passage[min(5, len(by_passage) - 1)],
        "words_document": named(beside),
        "meant_passage": max(map(meant, texts.values())),
        "meant_own": meant(own),
        "lost": max(lost.values(), default=0.0),
        "nowhere": max(nowhere.values(), default=0.0),
        "unknown": _share({c: float(rare[c] >= _KINDS[c.kind] - 1e-9) for c in rare}, rare),
        "names_lost": _some(names, lost),
        "names_nowhere": _some(names, nowhere),
        "named": float(bool(names)),
        "cosine": best.cosine,
        "cosine_first": cosines[0],
        "cosine_stand": cosines[0] - cosines[len(cosines) // 2],
        "late": best.late or 0.0,
        "late_first": lates[0] if lates else 0.0,
        "late_stand": lates[0] - lates[len(lates) // 2] if lates else 0.0,
        # what is said
        "weakest": best.weakest,
        "leaning": best.leaning or 0.0,
        "coverage": best.coverage,
        "reach": best.reach,
        "words_sentence": named(sentence),
        "meant_sentence": meant(sentence),
        "uncovered": uncovered,
        "uncovered_exact": uncovered if exact else 0.0,
        "years": float(best.absent_years > 0) * (1.0 if exact else 0.7),
        "elsewhere": float(best.elsewhere),
        "kindred": kindred(question, best.text),
        "kindred_some": max((c.kindred for c in told[:5]), default=0.0),
        "none_of_the_kind": float(not found),
        "row": float(best.kind == "row"),
        "superlative": float(
            question.superlative is not None and best.kind != "row" and not any(map(is_superlative, best.text.split()))
        ),
        "own_near": share("nearness", 0.0),
        "own_fits": max(fits, default=0.0),
        "own_misfits": max(misfits, default=0.0),
        "lead_five": best.score - sum(c.score for c in others[:5]) / max(1, len(others[:5])),
        "late_five": (best.late or 0.0) - sum(lates[1:6]) / max(1, len(lates[1:6])),
        "cosine_five": best.cosine - sum(cosines[1:6]) / max(1, len(cosines[1:6])),
        "strict_none": float(strict is None),
        "strict_coverage": strict.coverage if strict else 0.0,
        "strict_reach": strict.reach if strict else 0.0,
        "strict_leaning": strict.leaning or 0.0 if strict else 0.0,
        "strict_weakest": strict.weakest if strict else 0.0,
        "strict_uncovered": lacked,
        "strict_uncovered_exact": lacked if exact else 0.0,
        "strict_years": float(strict is not None and strict.absent_years > 0) * (1.0 if exact else 0.7),
        "strict_elsewhere": float(strict is not None and strict.elsewhere),
        # the question
        "length": min(1.0, len(question.concepts) / 8),
        "rareness": sum(rare.values()) / max(1, len(rare)),
        "exact": float(exact),
        "reason": float(question.wants in ("reason", "how")),
        "who": float(question.wants in ("who", "where")),
        "yesno": float(question.wants in ("yesno", "open")),
        "abroad": float(not reads),
    }  # fmt: skip


K = TypeVar("K")


def _share(held: Mapping[K, float], weights: Mapping[K, float]) -> float:
    total = sum(weights.values())
    return sum(weight * held[k] for k, weight in weights.items()) / total if total > 0 else 0.0


def _some(names: Sequence[Concept], lost: Collection[Concept]) -> float:
    """Half for one name that is lost, 1 for more."""
    return min(1.0, sum(c in lost for c in names) / 2)
