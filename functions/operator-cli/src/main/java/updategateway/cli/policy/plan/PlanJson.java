package updategateway.cli.policy.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.FileNames;
import updategateway.policy.diff.Cause;
import updategateway.policy.diff.ClientGroup;
import updategateway.policy.diff.CorrectionEdit;
import updategateway.policy.diff.CorrectionEffect;
import updategateway.policy.diff.OutcomeDelta;
import updategateway.policy.diff.PathChange;
import updategateway.policy.diff.Plan;
import updategateway.policy.diff.PlannedChange;
import updategateway.policy.diff.PolicyEdit;
import updategateway.policy.diff.RouteEdit;
import updategateway.policy.model.Correction.Target;

/** A plan for programs; it has the sentences too. */
public final class PlanJson {
  private final Plan plan;
  private final Instant now;
  private final PlanChangeText words;

  /**
   * @param now what is past is before it
   */
  public PlanJson(Plan plan, Instant now) {
    this.plan = plan;
    this.now = now;
    this.words = new PlanChangeText(plan, now);
  }

  /** The document. */
  public ObjectNode document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("before", plan.before() == null ? null : plan.before().digest().hex());
    document.put("after", plan.after().digest().hex());
    document.put("changes", !plan.isEmpty());
    document.put("summary", words.summary());
    ArrayNode warnings = document.putArray("warnings");
    words.warnings().forEach(warnings::add);
    ArrayNode statements = document.putArray("statements");
    plan.statements().forEach(s -> statements.add(statement(s, words.sentence(s))));
    plan.effects().forEach(effect -> statements.add(effect(effect)));
    ArrayNode policies = document.putArray("policies");
    plan.policies().forEach(edit -> policies.add(policy(edit)));
    ArrayNode routes = document.putArray("routes");
    plan.routes().forEach(edit -> routes.add(route(edit)));
    ArrayNode corrections = document.putArray("corrections");
    plan.corrections().forEach(edit -> corrections.add(correction(edit)));
    ArrayNode endings = document.putArray("endings");
    words.endings().forEach(endings::add);
    if (plan.paths() == null) {
      document.putNull("paths");
    } else {
      ArrayNode paths = document.putArray("paths");
      plan.paths().forEach(change -> paths.add(paths(change)));
    }
    ArrayNode notes = document.putArray("notes");
    words.notes().forEach(notes::add);
    return document;
  }

  private ObjectNode statement(PlannedChange statement, String sentence) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    OutcomeDelta difference = statement.difference();
    node.put("sentence", sentence);
    node.put("from", difference.from().equals(Instant.MIN) ? null : difference.from().toString());
    node.put("until", text(difference.until()));
    node.put("before", plan.before() == null ? null : difference.before().label());
    node.put("after", difference.after().label());
    node.put("opens", plan.before() != null && difference.opens());
    node.put("beginsInThePast", difference.beganBefore(now));
    node.put("onlyPast", !difference.reaches(now));
    ArrayNode activities = node.putArray("activities");
    statement.activities().forEach(activity -> activities.add(activity.name()));
    ObjectNode products = node.putObject("products");
    ArrayNode listed = products.putArray(statement.products().allBut() ? "allBut" : "only");
    PlanChangeText.names(statement.products().listed()).forEach(listed::add);
    ArrayNode clients = node.putArray("clients");
    statement.clients().forEach(client -> client(client, clients.addObject()));
    ArrayNode bases = node.putArray("bases");
    for (Cause basis : statement.bases()) {
      ObjectNode by = bases.addObject();
      by.put("policy", basis.policy().id());
      by.put("phase", basis.phase().id());
      by.put("citation", basis.policy().citation());
      by.put("permit", basis.permit() == null ? null : basis.permit().id());
    }
    ArrayNode cautions = node.putArray("cautions");
    words.cautions(statement).forEach(cautions::add);
    return node;
  }

  /** A statement that has besides whom it is about, and by which corrections. */
  private ObjectNode effect(CorrectionEffect effect) {
    ObjectNode node = statement(effect.statement(), words.sentence(effect));
    OutcomeDelta difference = effect.statement().difference();
    node.put("before", difference.before().label());
    node.put("opens", difference.opens());
    ObjectNode sender = node.putObject("sender");
    switch (effect.target()) {
      case Target.Addresses addresses -> {
        sender.put("address", addresses.range().toString());
        ArrayNode except = sender.putArray("except");
        effect.except().forEach(range -> except.add(range.toString()));
      }
      case Target.Agent agent -> sender.put("agent", agent.agentId());
    }
    ArrayNode corrections = node.putArray("corrections");
    effect.corrections().forEach(corrections::add);
    return node;
  }

  private static void client(ClientGroup client, ObjectNode node) {
    switch (client) {
      case ClientGroup.Located in -> node.put("located", in.place().code());
      case ClientGroup.LocatedSomewhereIn in ->
          node.put("located", in.country().code()).put("part", "unknown");
      case ClientGroup.LocatedInAnotherPart in ->
          node.put("located", in.country().code()).put("part", "any other");
      case ClientGroup.LocatedElsewhere _ -> node.put("located", "elsewhere");
      case ClientGroup.LocatedNowhereKnown _ -> node.put("located", "unknown");
      case ClientGroup.Registered in -> node.put("registered", in.place().code());
      case ClientGroup.RegisteredNowhereKnown _ -> node.put("registered", "unknown");
    }
  }

  private ObjectNode policy(PolicyEdit edit) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", edit.policy().id());
    node.put(
        "edit", edit.before() == null ? "added" : edit.after() == null ? "removed" : "changed");
    node.put("sentence", words.sentence(edit));
    fields(edit.fields(), node);
    return node;
  }

  private static void fields(List<PolicyEdit.FieldEdit> edits, ObjectNode node) {
    ArrayNode fields = node.putArray("fields");
    for (PolicyEdit.FieldEdit field : edits) {
      fields
          .addObject()
          .put("path", field.path())
          .put("before", field.before())
          .put("after", field.after());
    }
  }

  private ObjectNode correction(CorrectionEdit edit) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", edit.correction().id());
    node.put(
        "edit", edit.before() == null ? "added" : edit.after() == null ? "removed" : "changed");
    node.put("sentence", words.sentence(edit));
    node.put("consequence", words.consequence(edit));
    fields(edit.fields(), node);
    return node;
  }

  private ObjectNode route(RouteEdit edit) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("edit", edit.kind().name().toLowerCase(Locale.ROOT));
    node.put("sentence", words.sentence(edit));
    node.put("path", edit.route().path().toString());
    node.put("product", edit.route().product() == null ? null : edit.route().product().name());
    node.put("activity", edit.route().activity().name());
    if (edit.route().names() == FileNames.ANY) {
      node.put("names", "any");
    }
    return node;
  }

  private ObjectNode paths(PathChange change) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("example", change.paths().example());
    node.put("sentence", words.sentence(change));
    ObjectNode before = node.putObject("before");
    before.put("product", change.paths().before().product().name());
    before.put("activity", change.paths().before().activity().name());
    before.put(
        "route",
        change.paths().routeBefore() == null
            ? null
            : change.paths().routeBefore().path().toString());
    ObjectNode after = node.putObject("after");
    after.put("product", change.paths().after().product().name());
    after.put("activity", change.paths().after().activity().name());
    after.put(
        "route",
        change.paths().routeAfter() == null ? null : change.paths().routeAfter().path().toString());
    ArrayNode statements = node.putArray("statements");
    change
        .statements()
        .forEach(
            statement -> statements.add(statement(statement, words.sentence(change, statement))));
    return node;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
