package updategateway.cli.policy.plan;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import updategateway.cli.text.AnsiStyle;
import updategateway.cli.text.ListText;
import updategateway.commandline.TextWrap;
import updategateway.policy.catalog.Route;
import updategateway.policy.diff.CorrectionEdit;
import updategateway.policy.diff.CorrectionEffect;
import updategateway.policy.diff.PathChange;
import updategateway.policy.diff.Plan;
import updategateway.policy.diff.PlannedChange;
import updategateway.policy.diff.PolicyEdit;
import updategateway.policy.diff.RouteEdit;
import updategateway.policy.set.PolicySet;

/** A plan for a person, on a terminal or on paper. */
public final class PlanText {
  private final Plan plan;
  private final PlanChangeText words;
  private final AnsiStyle style;
  private final PrintWriter out;
  private int number;

  /**
   * @param now what is past is before it
   */
  public PlanText(Plan plan, Instant now, AnsiStyle style, PrintWriter out) {
    this.plan = plan;
    this.words = new PlanChangeText(plan, now);
    this.style = style;
    this.out = out;
  }

  /**
   * Prints all of it.
   *
   * @param base what the plan is made against
   * @param files where the planned set comes from
   */
  public void print(PlanBaseline base, String files) {
    PolicySet before = plan.before();
    out.println(
        "Set in force  " + (before == null ? "none" : before.digest() + ", " + contents(before)));
    if (!base.words().isEmpty()) {
      out.println("              " + TextWrap.printable(base.words()));
    }
    out.println("Set planned   " + plan.after().digest() + ", " + contents(plan.after()));
    out.println("              " + files);
    if (plan.isEmpty()) {
      endings();
      out.println();
      out.println(style.good(words.summary()));
      return;
    }
    List<String> warnings = words.warnings();
    if (!warnings.isEmpty()) {
      out.println();
      warnings.forEach(warning -> out.println(style.careful(TextWrap.of("WARNING  ", warning))));
    }
    statements();
    effects();
    paths();
    policies();
    routes();
    corrections();
    endings();
    List<String> notes = words.notes();
    if (!notes.isEmpty()) {
      heading("Notes");
      notes.forEach(note -> out.println(TextWrap.of("  ", note)));
    }
    out.println();
    out.println(style.strong(TextWrap.of("", words.summary())));
  }

  private static String contents(PolicySet set) {
    return ListText.count(set.policies().size(), "policy", "policies")
        + ", "
        + ListText.count(set.catalog().routes().size(), "route", "routes")
        + (set.corrections().isEmpty()
            ? ""
            : ", " + ListText.count(set.corrections().size(), "correction", "corrections"));
  }

  private void heading(String text) {
    out.println();
    out.println(style.strong(text));
  }

  private void statements() {
    heading(plan.before() == null ? "What would be refused" : "What changes for requests");
    if (plan.statements().isEmpty()) {
      out.println(
          plan.before() == null
              ? "  Nothing."
              : plan.effects().isEmpty()
                  ? "  No outcome of any product and activity, for anybody, at any time."
                  : "  No outcome of any product and activity at any place, at any time; but some clients"
                      + " are put elsewhere, which changes theirs, see below.");
    }
    for (PlannedChange statement : plan.statements()) {
      statement(words.sentence(statement), statement);
    }
  }

  private void effects() {
    if (plan.effects().isEmpty()) {
      return;
    }
    heading("What changes for clients whom corrections put elsewhere");
    for (CorrectionEffect effect : plan.effects()) {
      statement(words.sentence(effect), words.bases(effect), effect.statement());
    }
  }

  private void statement(String sentence, PlannedChange statement) {
    statement(sentence, words.bases(statement), statement);
  }

  private void statement(String sentence, List<String> bases, PlannedChange statement) {
    number++;
    out.println();
    String mark = "  " + (number < 10 ? " " : "") + number + ". ";
    out.println(TextWrap.of(mark, sentence));
    String indent = " ".repeat(mark.length());
    bases.forEach(basis -> out.println(TextWrap.of(indent, basis)));
    words
        .cautions(statement)
        .forEach(caution -> out.println(style.careful(TextWrap.of(indent, caution))));
  }

  private void paths() {
    List<PathChange> paths = plan.paths();
    if (paths == null || paths.isEmpty()) {
      return;
    }
    heading("What becomes of paths");
    for (PathChange change : paths) {
      out.println();
      out.println(TextWrap.of("  ", words.sentence(change)));
      change
          .statements()
          .forEach(statement -> statement(words.sentence(change, statement), statement));
    }
  }

  private void policies() {
    if (plan.policies().isEmpty()) {
      return;
    }
    heading("What is written otherwise in the policies");
    for (PolicyEdit edit : plan.policies()) {
      out.println(TextWrap.of("  ", words.sentence(edit)));
      edit.fields().forEach(field -> out.println(TextWrap.of("    - ", words.sentence(field))));
    }
  }

  private void corrections() {
    if (plan.corrections().isEmpty()) {
      return;
    }
    heading("Where clients are corrected to be");
    for (CorrectionEdit edit : plan.corrections()) {
      out.println(TextWrap.of("  ", words.sentence(edit)));
      edit.fields().forEach(field -> out.println(TextWrap.of("    - ", words.sentence(field))));
      out.println(TextWrap.of("    ", words.consequence(edit)));
    }
  }

  private void endings() {
    List<String> endings = words.endings();
    if (!endings.isEmpty()) {
      heading("Corrections that have ended, or end within two weeks");
      endings.forEach(ending -> out.println(style.careful(TextWrap.of("  ", ending))));
    }
  }

  private void routes() {
    if (plan.before() == null) {
      heading("What paths are, by the first route that matches");
      int place = 0;
      for (Route route : plan.after().catalog().routes()) {
        place++;
        out.println(
            TextWrap.of(
                "  " + (place < 10 ? " " : "") + place + ". ", PlanChangeText.route(route) + "."));
      }
      out.println("      Any other path is unclassified.");
      return;
    }
    if (plan.routes().isEmpty()) {
      return;
    }
    heading("What is written otherwise in the catalog");
    for (RouteEdit edit : plan.routes()) {
      out.println(TextWrap.of("  ", words.sentence(edit)));
    }
  }
}
