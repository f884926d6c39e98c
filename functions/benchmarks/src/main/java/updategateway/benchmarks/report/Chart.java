package updategateway.benchmarks.report;

import java.util.List;

/** Bars of medians with whiskers from quartile to quartile, as an SVG that needs no program. */
final class Chart {
  private static final int WIDTH = 860;
  private static final int LABELS = 400;
  private static final int BAR = 22;
  private static final int ROW = 34;
  private static final int TOP = 46;
  private static final int VALUES = 110;
  private static final String INK = "#1f2933";

  private final String title;
  private final String footer;

  Chart(String title, String footer) {
    this.title = title;
    this.footer = footer;
  }

  String draw(List<Samples> series) {
    double most = series.stream().mapToDouble(Samples::upper).max().orElse(1);
    double scale = (WIDTH - LABELS - VALUES) / Math.max(most, 1e-9);
    int height = TOP + ROW * series.size() + 40;
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns='http://www.w3.org/2000/svg' role='img'")
        .append(" width='" + WIDTH + "' height='" + height + "'")
        .append(" viewBox='0 0 " + WIDTH + " " + height + "'")
        .append(" font-family='system-ui, sans-serif' font-size='13'>\n")
        .append("<title>" + escaped(title) + "</title>\n")
        .append("<rect width='100%' height='100%' fill='#ffffff'/>\n")
        .append("<text x='12' y='26' font-size='16' font-weight='600' fill='" + INK + "'>")
        .append(escaped(title) + "</text>\n");
    for (int i = 0; i < series.size(); i++) {
      bar(svg, series.get(i), TOP + ROW * i, scale);
    }
    svg.append("<text x='12' y='" + (height - 12) + "' font-size='10' fill='#616e7c'>")
        .append(escaped(footer) + "</text>\n");
    return svg.append("</svg>\n").toString();
  }

  private static void bar(StringBuilder svg, Samples one, int y, double scale) {
    int middle = y + BAR / 2;
    double begin = LABELS + one.lower() * scale;
    double end = LABELS + one.upper() * scale;
    svg.append("<text text-anchor='end' fill='" + INK + "'")
        .append(" x='" + (LABELS - 10) + "' y='" + (middle + 5) + "'>")
        .append(escaped(one.name()) + "</text>\n")
        .append("<rect rx='2' fill='#2f6f8f' x='" + LABELS + "' y='" + y + "'")
        .append(" width='" + written(Math.max(1, one.median() * scale)) + "'")
        .append(" height='" + BAR + "'/>\n")
        .append("<path d='M" + written(begin) + " " + middle + " H" + written(end) + "'")
        .append(" stroke='#c2571a' stroke-width='2'/>\n")
        .append("<text fill='" + INK + "' x='" + written(end + 8) + "' y='" + (middle + 5) + "'>")
        .append(
            one.median() < 10
                ? Double.toString(Math.round(one.median() * 100) / 100.0)
                : Long.toString(Math.round(one.median())))
        .append(" " + escaped(one.unit()) + "</text>\n");
  }

  private static String written(double pixels) {
    return Double.toString(Math.round(pixels * 10) / 10.0);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
