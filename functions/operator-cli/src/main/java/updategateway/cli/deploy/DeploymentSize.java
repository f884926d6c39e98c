package updategateway.cli.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import updategateway.policy.set.SizeLimits;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.Position;

/**
 * Whether CloudFormation can carry the operator's files to the deployer: in the template, and in
 * the event of an update, which has them as they were and as they become. How large they were is
 * not known here; but what is deployed now is what they were at the next deployment, or comes back
 * in a rollback.
 */
final class DeploymentSize {
  private DeploymentSize() {}

  /**
   * What is too large.
   *
   * @param properties the files as properties of the custom resource
   * @param templateBytes the size of the template without them
   */
  static List<Diagnostic> check(ObjectNode properties, long templateBytes) {
    int size = escaped(properties.toString());
    List<Diagnostic> findings = new ArrayList<>();
    int most = (SizeLimits.EVENT - SizeLimits.EVENT_BESIDE) / 2;
    if (size > most) {
      findings.add(
          finding(
              "the files take "
                  + bytes(size)
                  + " in the event with which CloudFormation calls the deployer, and may take "
                  + bytes(most)
                  + ": it has them twice, as they were and as they become, and Lambda takes "
                  + bytes(SizeLimits.EVENT),
              "make them shorter (one route with {product}, * or ** for many, shorter notes, no permits that are long"
                  + " over), or put this set in force by scripts/policy deploy, which sends no event and takes up to "
                  + bytes(SizeLimits.SET)));
    }
    if (templateBytes + size > SizeLimits.TEMPLATE) {
      findings.add(
          finding(
              "template and files together have "
                  + bytes(templateBytes + size)
                  + ", and CloudFormation takes "
                  + bytes(SizeLimits.TEMPLATE),
              "make the files shorter"));
    }
    return findings;
  }

  /**
   * In JSON that has other characters than those of ASCII as escapes, the longest that is usual.
   */
  private static int escaped(String json) {
    return json.chars().map(c -> c < 0x80 ? 1 : 6).sum();
  }

  private static Diagnostic finding(String problem, String remedy) {
    return new Diagnostic(
        new Position("template.yaml", 0, TemplateIncludes.RESOURCE), problem, remedy);
  }

  private static String bytes(long count) {
    return String.format(Locale.ROOT, "%,d bytes", count);
  }
}
