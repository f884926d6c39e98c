package updategateway.cli.policy.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import updategateway.cli.text.InstantText;
import updategateway.cli.text.ListText;
import updategateway.cli.text.PlaceText;
import updategateway.policy.diff.CorrectionEdit;
import updategateway.policy.diff.CorrectionEffect;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Correction.Target;
import updategateway.policy.set.PolicySet;

/** Corrections in full sentences. */
final class CorrectionText {
  /** Time enough for somebody to look again, and to approve again. */
  private static final Duration SOON = Duration.ofDays(14);

  private final Instant now;
  private final InstantText moments;

  CorrectionText(Instant now, InstantText moments) {
    this.now = now;
    this.moments = moments;
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

  private String where(Correction correction) {
    String who =
        switch (correction.target()) {
          case Target.Addresses addresses -> "clients with an address in " + addresses.range();
          case Target.Agent agent ->
              "whoever calls itself " + agent.agentId() + ", beside all other evidence,";
        };
    @Nullable Instant until = until(correction);
    return who
        + " in "
        + PlaceText.name(correction.place())
        + " from "
        + moments.both(correction.span().from().instant())
        + (until == null ? " on" : " until, and not including, " + moments.both(until));
  }

  /** What an edit opens and closes, and why it may be nothing. */
  String consequence(CorrectionEdit edit, List<CorrectionEffect> effects) {
    List<CorrectionEffect> own =
        effects.stream()
            .filter(effect -> effect.corrections().contains(edit.correction().id()))
            .toList();
    boolean opens = own.stream().anyMatch(effect -> effect.statement().difference().opens());
    boolean closes = own.stream().anyMatch(effect -> !effect.statement().difference().opens());
    String what =
        opens && closes
            ? "It opens something that is refused and closes something that is not."
            : opens
                ? "It opens something that is refused."
                : closes
                    ? "It closes something that is not refused."
                    : "It changes no outcome: wherever such a client is, the place makes nothing milder"
                        + " or stricter.";
    return edit.correction().target() instanceof Target.Agent
        ? what
            + " Anybody can send the id of an agent, so its correction only ever makes answers"
            + " stricter than they are without it."
        : what;
  }

  /** Whose requests they are, as a part of a sentence. */
  static String made(CorrectionEffect effect) {
    return switch (effect.target()) {
      case Target.Addresses addresses ->
          "made from an address in "
              + addresses.range()
              + (effect.except().isEmpty()
                  ? ""
                  : " outside "
                      + effect.except().stream()
                          .map(range -> range.toString())
                          .collect(
                              Collectors.collectingAndThen(Collectors.toList(), ListText::and)));
      case Target.Agent agent -> "made with the agent id " + agent.agentId();
    };
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
                    + moments.both(until)
                    + " and changes nothing any more: take it away, or look again"
                : " ends at "
                    + moments.both(until)
                    + ", in "
                    + (days == 0 ? "less than a day" : ListText.count(days, "day", "days"))
                    + ": look again")
            + " and approve another one.");
  }

  private static @Nullable Instant until(Correction correction) {
    return correction.span().until() == null ? null : correction.span().until().instant();
  }
}
