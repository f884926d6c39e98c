package updategateway.policy.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import updategateway.place.CidrBlock;
import updategateway.policy.decision.Client;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Correction.Target;
import updategateway.policy.set.PolicySet;

/**
 * What edits of corrections open or close to whom they name, under the planned policies: a
 * statement that compares the corrections before with those after. Together with what policies
 * change for a place it tells all that changes for such a client, but for one whom corrections of
 * its address and of its agent id both name: which of the two places is finer may matter then.
 *
 * @param target who is concerned
 * @param except smaller ranges within the range whose clients are not, or have effects of their own
 * @param corrections the ids of the edits that name these clients, in alphabetical order; at least
 *     one
 * @param statement what changes; its clients are where all evidence but corrections puts them
 */
public record CorrectionEffect(
    Target target, List<CidrBlock> except, List<String> corrections, PlannedChange statement) {
  public CorrectionEffect {
    except = List.copyOf(except);
    corrections = List.copyOf(corrections);
  }

  /** Everything that the edits of corrections open and close, by target, in the order of time. */
  static List<CorrectionEffect> between(
      PolicySet before, PolicySet after, List<CorrectionEdit> edits) {
    if (edits.isEmpty()) {
      return List.of();
    }
    PolicySetComparator comparison =
        new PolicySetComparator(
            PolicySet.of(after.catalog(), after.policies(), before.corrections()), after);
    Set<CidrBlock> ranges = new LinkedHashSet<>();
    Stream.concat(before.corrections().stream(), after.corrections().stream())
        .map(Correction::target)
        .forEach(target -> {
          if (target instanceof Target.Addresses addresses) {
            ranges.add(addresses.range());
          }
        });
    List<CorrectionEffect> effects = new ArrayList<>();
    for (Target target : concerned(ranges, edits)) {
      List<String> naming = naming(target, edits);
      switch (target) {
        case Target.Addresses(CidrBlock range) -> {
          List<CidrBlock> within = largestWithin(range, ranges);
          range
              .firstNotIn(within)
              .ifPresent(address ->
                  comparison
                      .ofSender(new Client(address.inetAddress(), null))
                      .forEach(statement ->
                          effects.add(new CorrectionEffect(target, within, naming, statement))));
        }
        case Target.Agent(String agentId) ->
            comparison
                .ofSender(new Client(null, agentId))
                .forEach(statement ->
                    effects.add(new CorrectionEffect(target, List.of(), naming, statement)));
      }
    }
    return List.copyOf(effects);
  }

  /** Who is named by an edit, and within those ranges whoever another correction names too. */
  private static Set<Target> concerned(Set<CidrBlock> ranges, List<CorrectionEdit> edits) {
    Set<Target> concerned = new LinkedHashSet<>();
    for (CorrectionEdit edit : edits) {
      targets(edit)
          .forEach(target -> {
            concerned.add(target);
            ranges.stream()
                .map(Target.Addresses::new)
                .filter(smaller -> holds(target, smaller))
                .forEach(concerned::add);
          });
    }
    return concerned;
  }

  private static Stream<Target> targets(CorrectionEdit edit) {
    return Stream.of(edit.before(), edit.after())
        .filter(Objects::nonNull)
        .map(Correction::target)
        .distinct();
  }

  private static List<String> naming(Target target, List<CorrectionEdit> edits) {
    Set<String> ids = new TreeSet<>();
    for (CorrectionEdit edit : edits) {
      if (targets(edit).anyMatch(named -> holds(named, target))) {
        ids.add(edit.correction().id());
      }
    }
    return List.copyOf(ids);
  }

  private static boolean holds(Target target, Target other) {
    if (target instanceof Target.Addresses(CidrBlock range)
        && other instanceof Target.Addresses(CidrBlock smaller)) {
      return range.contains(smaller);
    }
    return target.equals(other);
  }

  /** Ranges strictly within another that are in no other such range. */
  private static List<CidrBlock> largestWithin(CidrBlock range, Set<CidrBlock> ranges) {
    List<CidrBlock> largest = new ArrayList<>();
    ranges.stream()
        .filter(other -> range.contains(other) && !range.equals(other))
        .sorted(Comparator.comparingInt(CidrBlock::prefixLength).thenComparing(CidrBlock::toString))
        .forEach(other -> {
          if (largest.stream().noneMatch(larger -> larger.contains(other))) {
            largest.add(other);
          }
        });
    return largest;
  }
}
