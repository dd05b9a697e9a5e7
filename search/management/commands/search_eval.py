from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search import engines
from search.services.judging import VARIANTS, BadInput, judge, questions_of, things_of


class Command(BaseCommand):
    help = "Judges the search: loads a corpus into an index of its own, asks questions, and prints how well they went"

    def add_arguments(self, parser):
        parser.add_argument("--corpus", type=Path, required=True, help="JSON lines: id, text and what a document has")
        parser.add_argument("--queries", type=Path, required=True, help="JSON lines: id, text")
        parser.add_argument("--qrels", type=Path, required=True, help="lines of query, tab, document, tab, grade")
        parser.add_argument("--engine", choices=[engine.name for engine in engines.kept()], default="database")
        parser.add_argument(
            "--variant",
            choices=list(VARIANTS),
            default="as-is",
            help="folded: questions without accents; half: every second one without",
        )

    def handle(self, *args, corpus, queries, qrels, engine, variant, **options):
        for path in (corpus, queries, qrels):
            if not path.is_file():
                raise CommandError(f"{path} is no file")
        try:
            questions = questions_of(queries, qrels)
            with engines.named(engine).apart() as index:
                count = self._load(index, corpus)
                self._warn_of_unknown(questions, index)
                figures = judge(index, questions, variant)
        except BadInput as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{engine}, {variant}: {figures.questions} questions, {count} things")
        self.stdout.write("  ".join(f"{name} {value:.3f}" for name, value in figures.values.items()))
        self.stdout.write(f"p50 {figures.p50:.1f} ms  p95 {figures.p95:.1f} ms")

    def _load(self, index, corpus):
        count = 0
        waiting = []
        for thing in things_of(corpus):
            waiting.append(thing)
            if len(waiting) == 500:
                index.put(waiting)
                count, waiting = count + len(waiting), []
        index.put(waiting)
        count += len(waiting)
        if not count:
            raise BadInput(f"{corpus.name} is empty")
        index.settle()
        return count

    def _warn_of_unknown(self, questions, index):
        known = {key.partition(":")[2] for key, _digest in index.digests()}
        unknown = sorted({key for question in questions for key in question.answers} - known)
        if unknown:
            self.stderr.write(f"{len(unknown)} answers are not in the corpus, such as {', '.join(unknown[:5])}")
