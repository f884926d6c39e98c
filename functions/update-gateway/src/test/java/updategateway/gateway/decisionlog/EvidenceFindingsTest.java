package updategateway.gateway.decisionlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import updategateway.region.LocationEvidence;
import updategateway.region.LocationReport;

final class EvidenceFindingsTest {
  @Test
  void sourcesThatContradictEachOtherAreNamedWithWhatTheySay() {
    EvidenceFindings findings =
        EvidenceFindings.of(
            report(
                new LocationEvidence.Trusted("DE", null, "the edge"),
                new LocationEvidence.Trusted("US", null, "the address")),
            List.of());
    assertThat(findings.conflict()).isEqualTo("the edge says DE, the address says US");
    assertThat(findings.unknownSubdivisions()).isEmpty();
  }

  @Test
  void unknownSubdivisionsAreNamedWithTheirSource() {
    EvidenceFindings findings =
        EvidenceFindings.of(
            report(new LocationEvidence.Trusted("UA", null, "the edge", "KRM")), List.of());
    assertThat(findings.conflict()).isNull();
    assertThat(findings.unknownSubdivisions()).containsExactly("the edge says UA-KRM");
  }

  private static LocationReport report(LocationEvidence... evidence) {
    return new LocationReport(List.of(evidence), null, 0);
  }
}
