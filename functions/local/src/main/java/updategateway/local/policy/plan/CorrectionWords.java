package updategateway.local.policy.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.local.policy.words.Enumeration;
import updategateway.local.policy.words.Places;
import updategateway.policy.correction.Correction;
import updategateway.policy.correction.Correction.Target;
import updategateway.policy.plan.CorrectionEdit;
import updategateway.policy.set.PolicySet;

/** Corrections in full sentences. */
final class CorrectionWords {
  /** Time enough for somebody to look again, and to approve again. */
  private static final Duration SOON = Duration.ofDays(14);

  private final Instant now;

  CorrectionWords(Instant now) {
    this.now = now;
  }

  String sentence(CorrectionEdit edit) {
    String named = "The correction " + edit.correction().id();
    if (edit.after() == null) {
      return named + " is taken away: it puts " + where(edit.correction()) + " no more.";
    }
    return edit.before() == null
        ? named
            + " is new: it puts "
            + where(edit.correction())
            + ", because: "
            + edit.correction().because()
            + " (approved by "
            + edit.correction().approvedBy()
            + ")."
        : named + " is written otherwise, and puts " + where(edit.correction()) + ":";
  }

  private static String where(Correction correction) {
    String who =
        switch (correction.target()) {
          case Target.Addresses addresses -> "clients with an address in " + addresses.range();
          case Target.Agent agent ->
              "whoever calls itself " + agent.agentId() + ", beside all other evidence,";
        };
    return who
        + " in "
        + Places.name(correction.place())
        + " from "
        + correction.span().from().instant()
        + " until, and not including, "
        + until(correction);
  }

  /** What has ended, and what ends soon. */
  List<String> endings(PolicySet set) {
    return set.corrections().stream().flatMap(c -> ending(c).stream()).toList();
  }

  private Optional<String> ending(Correction correction) {
    @Nullable Instant until = until(correction);
    if (until == null || until.isAfter(now.plus(SOON))) {
      return Optional.empty();
    }
    boolean ended = !until.isAfter(now);
    long days = Duration.between(now, until).toDays();
    return Optional.of(
        "The correction "
            + correction.id()
            + " of "
            + correction.target()
            + (ended
                ? " ended at "
                    + until
                    + " and changes nothing any more: take it away, or look again"
                : " ends at "
                    + until
                    + ", in "
                    + (days == 0 ? "less than a day" : Enumeration.count(days, "day", "days"))
                    + ": look again")
            + " and approve another one.");
  }

  private static @Nullable Instant until(Correction correction) {
    return correction.span().until() == null ? null : correction.span().until().instant();
  }
}
