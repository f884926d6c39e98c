package updategateway.cli.policy.timeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import updategateway.cli.text.InstantText;
import updategateway.cli.text.ListText;
import updategateway.cli.text.PlaceText;
import updategateway.policy.decision.Outcome;
import updategateway.policy.diff.ProductSet;
import updategateway.policy.model.Interval;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.PolicyBasis;
import updategateway.policy.set.PolicySet;

/**
 * The outcomes of a policy set over time as one page that needs nothing else: no network, no
 * script, no font. Each cell says its outcome in a word and a sign, so that colour is never the
 * only difference; on a narrow screen each row becomes a list.
 */
public final class TimelinePage {
  private final PolicySet set;
  private final TimelineTable table;
  private final InstantText moments;
  private final Instant now;
  private final StringBuilder html = new StringBuilder(1 << 15);

  private TimelinePage(PolicySet set, Instant now) {
    this.set = set;
    this.table = TimelineTable.of(set);
    this.moments = new InstantText(set);
    this.now = now;
  }

  /**
   * The page.
   *
   * @param source where the set comes from, in words
   * @param now what is marked as now
   */
  public static String of(PolicySet set, String source, Instant now) {
    return new TimelinePage(set, now).page(source);
  }

  private String page(String source) {
    html.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <link rel="icon" href="data:,">
        <title>Who may fetch what, and when</title>
        <style>
        """);
    html.append(style());
    html.append("</style>\n</head>\n<body>\n<header>\n<h1>Who may fetch what, and when</h1>\n<p>")
        .append(escaped(introduction()))
        .append("</p>\n<p class=\"soft\">Policy set <code>")
        .append(set.digest())
        .append("</code>, ")
        .append(escaped(source))
        .append(".</p>\n");
    legend();
    html.append("</header>\n<main>\n");
    List<TimelineTable.Group> groups = table.groups();
    for (int i = 0; i < groups.size(); i++) {
      group(groups.get(i), "group-" + (i + 1));
    }
    set.policies().forEach(this::policy);
    html.append("</main>\n<footer>\n<p>Instants are half-open: what begins at one holds at it.")
        .append(
            " Of a client of whom several things are known, the strictest outcome counts. Made by"
                + " scripts/policy timeline for ")
        .append(time(now))
        .append(".</p>\n</footer>\n</body>\n</html>\n");
    return html.toString();
  }

  private String introduction() {
    if (set.policies().isEmpty()) {
      return "There is no policy: everything is served to everybody.";
    }
    return ListText.count(set.policies().size(), "policy", "policies")
        + ", "
        + ListText.count(table.boundaries().size(), "instant", "instants")
        + " at which something changes, "
        + ListText.count(
            table.groups().size(),
            "kind of clients who get the same",
            "kinds of clients who get the same")
        + ".";
  }

  private void legend() {
    html.append("<ul class=\"legend\" aria-label=\"Legend\">\n");
    for (Outcome outcome : Outcome.values()) {
      html.append("<li><span class=\"key ")
          .append(outcome.label())
          .append("\">")
          .append(label(outcome))
          .append("</span> ")
          .append(
              switch (outcome) {
                case SERVE -> "redirected to the artifact";
                case UNDETERMINED -> "451: a policy may reach the client, nobody knows";
                case REFUSE -> "451: a policy refuses";
              })
          .append("</li>\n");
    }
    html.append("</ul>\n");
  }

  private static String label(Outcome outcome) {
    return switch (outcome) {
      case SERVE -> "&#10003; served";
      case UNDETERMINED -> "? undetermined";
      case REFUSE -> "&#10005; refused";
    };
  }

  private void group(TimelineTable.Group group, String id) {
    html.append("<section aria-labelledby=\"")
        .append(id)
        .append("\">\n<h2 id=\"")
        .append(id)
        .append("\">");
    html.append(
            PlaceText.of(group.clients()).stream()
                .map(who -> "<span>" + escaped(capitalized(who)) + "</span>")
                .collect(Collectors.joining(" ")))
        .append("</h2>\n");
    if (group.isAlwaysServed()) {
      html.append("<p><span class=\"key serve\">")
          .append(label(Outcome.SERVE))
          .append("</span> everything, at all times.</p>\n</section>\n");
      return;
    }
    html.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"")
        .append(id)
        .append("\">\n<table role=\"table\" aria-labelledby=\"")
        .append(id)
        .append("\">\n<thead role=\"rowgroup\">\n<tr role=\"row\">")
        .append("<th role=\"columnheader\" scope=\"col\">What is asked for</th>");
    for (int i = 0; i <= table.boundaries().size(); i++) {
      column(i);
    }
    html.append("</tr>\n</thead>\n<tbody role=\"rowgroup\">\n");
    group.rows().forEach(row -> row(row, group.rows()));
    html.append("</tbody>\n</table>\n</div>\n</section>\n");
  }

  private void column(int column) {
    Instant from = column == 0 ? null : table.boundaries().get(column - 1);
    Instant until = column == table.boundaries().size() ? null : table.boundaries().get(column);
    boolean current = isNow(from, until);
    html.append("<th role=\"columnheader\" scope=\"col\"")
        .append(current ? " class=\"now\">" : ">");
    if (from == null) {
      html.append(until == null ? "<strong>at all times</strong>" : "<strong>before</strong>that");
    } else {
      html.append("<strong>from</strong>").append(time(from));
      moments.local(from).forEach(local -> html.append(escaped(local)).append("<br>"));
    }
    if (current) {
      html.append(" <span class=\"badge\">now</span>");
    }
    html.append("</th>");
  }

  private boolean isNow(@Nullable Instant from, @Nullable Instant until) {
    return (from == null || !now.isBefore(from)) && (until == null || now.isBefore(until));
  }

  private void row(TimelineTable.Row row, List<TimelineTable.Row> all) {
    boolean whole =
        all.stream().filter(other -> other.activity().equals(row.activity())).count() == 1;
    html.append("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">")
        .append(escaped(row.activity().name()));
    if (!whole) {
      html.append("<small>").append(escaped(products(row.products()))).append("</small>");
    }
    html.append("</th>");
    for (TimelineTable.Cell cell : row.cells()) {
      html.append("<td role=\"cell\" class=\"").append(cell.outcome().label()).append('"');
      if (cell.columns() > 1) {
        html.append(" colspan=\"").append(cell.columns()).append('"');
      }
      html.append("><strong>").append(label(cell.outcome())).append("</strong>");
      html.append("<span class=\"when\">").append(when(cell)).append("</span>");
      cell.by().forEach(by -> html.append("<small>").append(escaped(by)).append("</small> "));
      if (cell.columns() <= table.boundaries().size() && isNow(cell.from(), cell.until())) {
        // The column says it where there are columns.
        html.append("<span class=\"badge\" aria-hidden=\"true\">now</span>");
      }
      html.append("</td>");
    }
    html.append("</tr>\n");
  }

  private static String products(ProductSet products) {
    if (!products.allBut()) {
      return ListText.and(products.listed());
    }
    return products.isEverything()
        ? "every product"
        : "every product except " + ListText.and(products.listed());
  }

  private String when(TimelineTable.Cell cell) {
    if (cell.from() == null) {
      return cell.until() == null
          ? "at all times"
          : "before " + escaped(moments.both(cell.until()));
    }
    return "from "
        + escaped(moments.both(cell.from()))
        + (cell.until() == null
            ? " on"
            : " until, and not including, " + escaped(moments.both(cell.until())));
  }

  private void policy(Policy policy) {
    html.append("<section>\n<h2>").append(escaped(policy.title())).append("</h2>\n<dl>\n");
    item("Policy", "<code>" + escaped(policy.id()) + "</code>");
    item(
        "Rests on",
        policy.basis() == PolicyBasis.LAW ? "a law or an order" : "the operator's own decision");
    item("Ordered by", escaped(policy.authority()));
    item("Written in", escaped(policy.citation()) + reference(policy));
    item(
        "Reaches",
        escaped(
            ListText.and(PlaceText.whole(policy.scope().locations()))
                + (policy.scope().except().isEmpty()
                    ? ""
                    : ", but not " + PlaceText.names(policy.scope().except()))));
    for (Phase phase : policy.phases()) {
      item(
          "Phase " + escaped(phase.id()),
          span(phase.span()) + ": refuses " + escaped(ListText.and(phase.refuses())));
    }
    for (Permit permit : policy.permits()) {
      item(
          "Permit " + escaped(permit.id()),
          span(permit.span()) + ": " + escaped(permit.citation()));
    }
    html.append("</dl>\n</section>\n");
  }

  private static String reference(Policy policy) {
    if (policy.reference() == null) {
      return "";
    }
    String address = escaped(policy.reference().toString());
    return " &#183; <a rel=\"noreferrer\" href=\"" + address + "\">" + address + "</a>";
  }

  private void item(String term, String description) {
    html.append("<dt>").append(term).append("</dt><dd>").append(description).append("</dd>\n");
  }

  private String span(Interval span) {
    String from = "from " + time(span.from().instant()) + local(span.from().instant());
    return span.until() == null
        ? from + " on"
        : from
            + " until, and not including, "
            + time(span.until().instant())
            + local(span.until().instant());
  }

  private String local(Instant instant) {
    List<String> local = moments.local(instant);
    return local.isEmpty() ? "" : " (" + escaped(ListText.and(local)) + ")";
  }

  private static String time(@Nullable Instant instant) {
    return "<time datetime=\"" + instant + "\">" + instant + "</time>";
  }

  private static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String style() {
    try (InputStream in =
        Objects.requireNonNull(TimelinePage.class.getResourceAsStream("timeline.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style is part of this jar", e);
    }
  }

  /** As text of a page: nothing in it is markup, and nothing turns the direction of reading. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default ->
                escaped.appendCodePoint(
                    Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        ? '\uFFFD'
                        : c);
          }
        });
    return escaped.toString();
  }
}
