package updategateway.cli.policy.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.PolicyFolder;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Request;
import updategateway.policy.diff.ClientGroup;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.policy.testing.SlowTwin;

final class TimelinePageTest {
  private static final Path SHIPPED = Path.of("..", "policies");
  private static final Instant NOW = Instant.parse("2024-08-01T00:00:00Z");

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void everyCellIsWhatTheRulesSay(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PolicySet set = new RandomPolicySets(random).policySet();
    TimelineTable table = TimelineTable.of(set);
    for (TimelineTable.Group group : table.groups()) {
      for (TimelineTable.Row row : group.rows()) {
        assertThat(row.cells().stream().mapToInt(TimelineTable.Cell::columns).sum())
            .isEqualTo(table.boundaries().size() + 1);
        for (TimelineTable.Cell cell : row.cells()) {
          ClientGroup client = group.clients().get(random.nextInt(group.clients().size()));
          Product product =
              row.products().allBut()
                  ? new Product("named-by-nobody")
                  : row.products().listed().getFirst();
          assertThat(outcome(set, row, client, product, inside(cell))).isEqualTo(cell.outcome());
          if (cell.from() != null) {
            assertThat(outcome(set, row, client, product, cell.from())).isEqualTo(cell.outcome());
          }
          if (cell.until() != null) {
            assertThat(outcome(set, row, client, product, cell.until().minusMillis(1)))
                .isEqualTo(cell.outcome());
          }
        }
      }
    }
  }

  private static Instant inside(TimelineTable.Cell cell) {
    @Nullable Instant from = cell.from();
    @Nullable Instant until = cell.until();
    return from != null ? from : until != null ? until.minusSeconds(1) : NOW;
  }

  private static Outcome outcome(
      PolicySet set, TimelineTable.Row row, ClientGroup client, Product product, Instant at) {
    return SlowTwin.decide(
            set,
            new Request(at, product, row.activity(), client.location(), client.registrations()))
        .outcome();
  }

  @Test
  void hostileTextStaysText() throws UsageException {
    Policy policy = shipped().policies().getFirst();
    String evil = "</h2><script>alert(1)</script><img src=//x.example onerror=alert(2)> \u202E\"'&";
    Policy hostile =
        new Policy(
            policy.id(),
            evil,
            evil,
            evil,
            policy.reference(),
            policy.basis(),
            policy.scope(),
            policy.products(),
            policy.exemptions(),
            policy.phases(),
            policy.permits(),
            policy.undetermined(),
            policy.note());
    String page = TimelinePage.of(PolicySet.of(shipped().catalog(), List.of(hostile)), evil, NOW);
    assertThat(page)
        .doesNotContain("<script", "<img", "\u202E")
        .contains("&lt;/h2&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void aRealBrowserShowsIt(@TempDir(cleanup = CleanupMode.NEVER) Path folder) throws Exception {
    Optional<Path> chromium = Chromium.installed();
    assumeTrue(
        chromium.isPresent(),
        "No Chromium is installed, so the page was not looked at in a browser.");
    Path file =
        Files.writeString(folder.resolve("t.html"), TimelinePage.of(shipped(), "a test", NOW));
    try (Chromium browser =
        new Chromium(chromium.orElseThrow(), Files.createDirectory(folder.resolve("profile")))) {
      for (int width : List.of(1_280, 768, 360)) {
        for (boolean dark : List.of(false, true)) {
          browser.open(file, width, dark);
          String as = width + " px, " + (dark ? "dark" : "light");
          assertThat(browser.requests()).as(as).isEmpty();
          assertThat(browser.complaints()).as(as).isEmpty();
          assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
              .as(as)
              .isLessThanOrEqualTo(width);
          assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor").asText())
              .as(as)
              .isEqualTo(dark ? "rgb(18, 22, 28)" : "rgb(246, 247, 249)");
          assertThat(contrasts(browser)).as(as).isNotEmpty().allMatch(ratio -> ratio >= 4.5);
          keepScreenshot(browser, as);
        }
      }
      browser.open(file, 1_280, false);
      JsonNode cells =
          browser.evaluate(
              "[...document.querySelectorAll('section:first-of-type tbody tr')].map(r =>"
                  + " [...r.children].map(c => c.innerText.replace(/\\s+/g, ' ').trim()))");
      assertThat(cells.toString())
          .contains(
              "[\"new-agreement every product except security-training and threat-intelligence\","
                  + "\"✓ served\",\"✕ refused us-icts-2021-002 / new-agreements\"]",
              "[\"signature-update every product except security-training and threat-intelligence\","
                  + "\"✓ served\",\"✕ refused us-icts-2021-002 / updates\"]",
              "[\"informational\",\"✓ served\"]");
      assertThat(
              browser
                  .evaluate("document.querySelector('section:first-of-type h2').innerText")
                  .asText())
          .startsWith("Clients located in the United States (US) with American Samoa (US-AS)");
      assertThat(
              browser
                  .evaluate(
                      "[...document.querySelectorAll('section:first-of-type thead th')].map(h =>"
                          + " h.innerText.replace(/\\s+/g, ' ').trim()).join(' | ')")
                  .asText())
          .isEqualTo(
              "What is asked for | before that | from 2024-07-20T04:00:00Z Saturday, 20 July 2024, 00:00 in"
                  + " America/New_York (UTC-04:00) now | from 2024-09-29T04:00:00Z Sunday, 29 September 2024,"
                  + " 00:00 in America/New_York (UTC-04:00)");
    }
  }

  /** Text against its background, as WCAG 2 counts, of every kind of cell and text. */
  private static List<Double> contrasts(Chromium browser) throws Exception {
    JsonNode ratios =
        browser.evaluate(
            """
            (() => {
              const rgb = c => c.match(/[\\d.]+/g).slice(0, 3).map(Number);
              const light = c => rgb(c).map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const behind = e => {
                for (; e; e = e.parentElement) {
                  const c = getComputedStyle(e).backgroundColor;
                  if (c !== 'rgba(0, 0, 0, 0)') return c;
                }
                return 'rgb(255, 255, 255)';
              };
              return [...document.querySelectorAll('h1, h2, p, td, tbody th, dt, dd, small, .key, .badge, time')]
                .map(e => [light(getComputedStyle(e).color), light(behind(e))].sort((a, b) => b - a))
                .map(([a, b]) => (a + 0.05) / (b + 0.05));
            })()
            """);
    List<Double> list = new ArrayList<>();
    ratios.forEach(ratio -> list.add(ratio.asDouble()));
    return list;
  }

  /** For who wants to look at them: {@code -Dscreenshots=DIR}. */
  private static void keepScreenshot(Chromium browser, String name) throws Exception {
    String folder = System.getProperty("screenshots");
    if (folder != null) {
      Files.write(
          Path.of(folder, name.replaceAll("[^a-z0-9]+", "-") + ".png"), browser.screenshot());
    }
  }

  private static PolicySet shipped() throws UsageException {
    return new PolicyFolder(SHIPPED).read();
  }
}
