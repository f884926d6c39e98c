package updategateway.system.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import updategateway.region.EdgeAuthentication;

final class ArrowsTest {
  private static final String PLACE = "updategateway.place..";
  private static final String POLICY = "updategateway.policy..";
  private static final String REGION = "updategateway.region..";
  private static final String STORE = "updategateway.store..";
  private static final String READER = "updategateway.dynamodb..";
  private static final String GATEWAY = "updategateway.gateway..";
  private static final String DEPLOYER = "updategateway.deployer..";
  private static final String COMMAND_LINE = "updategateway.commandline..";
  private static final String LOCAL = "updategateway.local..";
  private static final String CLI = "updategateway.cli..";
  private static final String PACKAGING = "updategateway.packaging..";
  private static final String[] TOOLS = {COMMAND_LINE, LOCAL, CLI, PACKAGING};
  private static final String[] LANGUAGE = {
    "java.lang..", "java.util..", "java.time..", "java.math..", "java.text..", "org.jspecify.."
  };

  private static final JavaClasses MODULES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("updategateway");

  @Test
  void everyRoomIsSeen() {
    assertThat(
            Stream.of(
                PLACE,
                POLICY,
                REGION,
                STORE,
                GATEWAY,
                DEPLOYER,
                COMMAND_LINE,
                LOCAL,
                CLI,
                PACKAGING))
        .allSatisfy(
            module -> assertThat(MODULES.that(resideInAnyPackage(module))).as(module).isNotEmpty());
  }

  @Test
  void placesKnowOnlyTheLanguage() {
    classes()
        .that()
        .resideInAPackage(PLACE)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(LANGUAGE)
                .or(resideInAnyPackage(PLACE))
                .or(describe("a buffer", type -> type.getName().matches("java.nio.\\w*Buffer")))
                .or(describe("a literal address", ArrowsTest::isAddress)))
        .check(MODULES);
  }

  @Test
  void thePolicyKnowsOnlyTheLanguageAndItsNotations() {
    classes()
        .that()
        .resideInAPackage(POLICY)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(LANGUAGE)
                .or(
                    resideInAnyPackage(
                        PLACE,
                        POLICY,
                        "java.io..",
                        "java.nio.charset..",
                        "java.security..",
                        "org.snakeyaml.engine..",
                        "com.fasterxml.jackson.core..",
                        "com.google.gson.."))
                .or(describe("a buffer", type -> type.getName().matches("java.nio.\\w*Buffer")))
                .or(describe("a URI", type -> type.getName().startsWith("java.net.URI")))
                .or(describe("a literal address", ArrowsTest::isAddress)))
        .check(MODULES);
  }

  private static boolean isAddress(JavaClass type) {
    return Set.of(
            "java.net.InetAddress",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.net.UnknownHostException")
        .contains(type.getName());
  }

  /** An address is a value; its methods that ask a network about it are not the domain's. */
  @Test
  void thePolicyAsksNoNetworkAboutAnAddress() {
    Set<String> literal =
        Set.of(
            "ofLiteral",
            "getByAddress",
            "getAddress",
            "getHostAddress",
            "equals",
            "hashCode",
            "getClass");
    noClasses()
        .that()
        .resideInAnyPackage(PLACE, POLICY)
        .should()
        .callMethodWhere(
            describe(
                "asks a network",
                (JavaMethodCall call) ->
                    isAddress(call.getTargetOwner()) && !literal.contains(call.getName())))
        .check(MODULES);
  }

  @Test
  void theDomainKnowsNoNotation() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "updategateway.policy.model",
            "updategateway.policy.catalog",
            "updategateway.policy.decision")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.snakeyaml..", "com.fasterxml..", "java.io..", "updategateway.policy.source.."))
        .check(MODULES);
  }

  /** By construction, since no test can measure it reliably: whatever compares with a live one. */
  @Test
  void secretsAreComparedInConstantTime() {
    Set<JavaMethodCall> calls =
        MODULES.get(EdgeAuthentication.SharedSecret.class).getMethodCallsFromSelf().stream()
            .filter(call -> call.getOrigin().getName().equals("verify"))
            .collect(Collectors.toSet());
    assertThat(calls)
        .extracting(call -> call.getTargetOwner().getSimpleName() + "." + call.getName())
        .contains("MessageDigest.isEqual")
        .isSubsetOf(
            "MessageDigest.isEqual",
            "SharedSecret.activeSecrets",
            "String.getBytes",
            "List.iterator",
            "Iterator.hasNext",
            "Iterator.next");
  }

  @Test
  void theRegionKnowsNeitherPolicyNorCloud() {
    noClasses()
        .that()
        .resideInAPackage(REGION)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                POLICY, STORE, GATEWAY, DEPLOYER, "software.amazon..", "com.amazonaws.."))
        .check(MODULES);
  }

  @Test
  void theStoreKnowsNoFunction() {
    noClasses()
        .that()
        .resideInAPackage(STORE)
        .should()
        .dependOnClassesThat(resideInAnyPackage(GATEWAY, DEPLOYER, "com.amazonaws.."))
        .check(MODULES);
  }

  @Test
  void theFunctionsKnowNeitherEachOtherNorTheTables() {
    noClasses()
        .that()
        .resideInAPackage(GATEWAY)
        .should()
        .dependOnClassesThat(resideInAnyPackage(DEPLOYER, "software.amazon.."))
        .check(MODULES);
    noClasses()
        .that()
        .resideInAPackage(DEPLOYER)
        .should()
        .dependOnClassesThat(resideInAnyPackage(GATEWAY, REGION, "software.amazon.."))
        .check(MODULES);
  }

  @Test
  void librariesAndFunctionsUseNoTool() {
    noClasses()
        .that()
        .resideOutsideOfPackages(TOOLS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(TOOLS)
        .check(MODULES);
  }

  @Test
  void whatTheToolsShareUsesNoFunctionAndNoTool() {
    noClasses()
        .that()
        .resideInAPackage(COMMAND_LINE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(GATEWAY, DEPLOYER, REGION, LOCAL, CLI, PACKAGING)
        .check(MODULES);
  }

  /**
   * Benchmarks and system tests use tools, too. Packaging trains the self-contained package with
   * the local system.
   */
  @Test
  void noToolUsesAnotherExceptPackaging() {
    noClasses()
        .that()
        .resideInAPackage(LOCAL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CLI, PACKAGING)
        .check(MODULES);
    noClasses()
        .that()
        .resideInAPackage(CLI)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(LOCAL, PACKAGING, DEPLOYER)
        .check(MODULES);
    noClasses()
        .that()
        .resideInAPackage(PACKAGING)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CLI)
        .check(MODULES);
  }

  @Test
  void nobodyAsksAClockThatNobodyGave() {
    noClasses()
        .that()
        .resideInAnyPackage(PLACE, POLICY, REGION, STORE)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(MODULES);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching("updategateway.(**)").should().beFreeOfCycles().check(MODULES);
  }

  @Test
  void onlyTheSelfContainedMainClassUsesTheDynamoDbReader() {
    assertThat(MODULES.that(resideInAnyPackage(READER))).isNotEmpty();
    noClasses()
        .that()
        .resideOutsideOfPackage(READER)
        .and()
        .doNotHaveFullyQualifiedName("updategateway.gateway.SelfContainedMain")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(READER)
        .check(MODULES);
  }

  @Test
  void theStoresPackagesDependOneWay() {
    Map<String, String[]> dependencies =
        Map.of(
            "dynamodb",
            new String[] {},
            "agents",
            new String[] {"dynamodb"},
            "sets",
            new String[] {"dynamodb"},
            "history",
            new String[] {"dynamodb", "sets"},
            "refresh",
            new String[] {"dynamodb", "history"});
    assertThat(MODULES.that(resideInAnyPackage(STORE)))
        .extracting(type -> type.getPackageName().replaceFirst("updategateway.store.?", ""))
        .containsAll(dependencies.keySet());
    dependencies.forEach((name, others) ->
        noClasses()
            .that()
            .resideInAPackage("updategateway.store." + name)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(STORE)
                    .and(
                        not(
                            resideInAnyPackage(
                                Stream.concat(Stream.of(name), Stream.of(others))
                                    .map(other -> "updategateway.store." + other)
                                    .toArray(String[]::new)))))
            .check(MODULES));
  }

  @Test
  void everyPackageIsCheckedForNull() {
    Set<String> unmarked =
        MODULES.stream()
            .map(JavaClass::getPackage)
            .filter(module -> !module.isAnnotatedWith(NullMarked.class))
            .map(module -> module.getName())
            .collect(Collectors.toSet());
    assertThat(unmarked).isEmpty();
  }

  @Test
  void namesSayWhatAClassIs() {
    classes()
        .that()
        .resideInAPackage("updategateway..")
        .should()
        .haveSimpleNameNotEndingWith("Utils")
        .andShould()
        .haveSimpleNameNotEndingWith("Helper")
        .andShould()
        .haveSimpleNameNotEndingWith("Manager")
        .andShould()
        .haveSimpleNameNotEndingWith("Impl")
        .check(MODULES);
  }
}
