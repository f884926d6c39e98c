package updategateway.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import updategateway.commandline.files.LoadedFiles;
import updategateway.commandline.files.PolicyFolder;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.Position;

/**
 * Which of the operator's files the template includes, each under its own property of the resource
 * {@value #RESOURCE}. A file that is not named there is a policy that nobody puts in force.
 */
public final class TemplateIncludes {
  /** The custom resource. */
  public static final String RESOURCE = "PolicyInForce";

  /** The property that is a list; every other file has a property of its own. */
  private static final String POLICIES = "Policies";

  private static final String WITHOUT_POLICIES = "WithoutPolicies";

  private static final String FOLDER = "functions/policies/";
  private static final Set<String> NOT_FILES =
      Set.of("ServiceToken", "ServiceTimeout", "By", "Reason", "Deployment", WITHOUT_POLICIES);

  private final CloudFormationTemplate template;

  public TemplateIncludes(CloudFormationTemplate template) {
    this.template = template;
  }

  /** Whether the template says that a set without any policy is meant. */
  public boolean areNoneMeant() {
    return template.properties(RESOURCE).path(WITHOUT_POLICIES).asText().equals("true");
  }

  /** What is wrong between the template and the folder, both ways. */
  public List<Diagnostic> compare(LoadedFiles read) {
    List<Diagnostic> findings = new ArrayList<>();
    Set<String> present =
        read.names().stream().map(name -> FOLDER + name).collect(Collectors.toSet());
    Set<String> included = new TreeSet<>();
    for (Map.Entry<String, JsonNode> property : template.properties(RESOURCE).properties()) {
      if (NOT_FILES.contains(property.getKey())) {
        continue;
      }
      for (JsonNode include : property.getValue().findValues("Location")) {
        String location = include.asText();
        String name = location.substring(location.lastIndexOf('/') + 1);
        String belongs = property(name);
        if (!included.add(location)) {
          findings.add(finding(property.getKey(), location + " is included twice", "keep one"));
        } else if (PolicyFolder.isHidden(name)) {
          findings.add(
              finding(
                  property.getKey(),
                  location + " is included and hidden, so that nothing else reads it",
                  "give it a name that begins with no dot, or take it out here"));
        } else if (!present.contains(location)) {
          findings.add(
              finding(
                  property.getKey(),
                  location + " is included and not there",
                  "add the file or take it out here"));
        } else if (!belongs.equals(property.getKey())) {
          findings.add(
              finding(
                  property.getKey(),
                  location + " is included here",
                  "include it under " + belongs));
        }
      }
    }
    for (String file : new TreeSet<>(present)) {
      if (!included.contains(file)) {
        String property = property(file.substring(FOLDER.length()));
        findings.add(
            finding(
                property,
                file + " is not included, so that nobody puts it in force",
                "include it there as the files beside it are"));
      }
    }
    return findings;
  }

  /** {@code catalog.yaml} belongs under {@code Catalog}, a policy under {@code Policies}. */
  private static String property(String file) {
    String name = file.replaceFirst("[.]ya?ml$", "");
    return switch (name) {
      case "catalog" -> "Catalog";
      case "corrections" -> "Corrections";
      default -> POLICIES;
    };
  }

  private static Diagnostic finding(String property, String problem, String remedy) {
    return new Diagnostic(
        new Position("template.yaml", 0, RESOURCE + "." + property), problem, remedy);
  }
}
