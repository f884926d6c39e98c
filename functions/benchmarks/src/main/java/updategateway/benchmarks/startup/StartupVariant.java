package updategateway.benchmarks.startup;

import java.nio.file.Path;
import java.util.List;

/**
 * One way to start one function.
 *
 * @param name of both, for a reader
 * @param task the folder in which it starts
 * @param command what to start
 * @param event what to ask it
 */
public record StartupVariant(String name, Path task, List<String> command, String event) {
  public StartupVariant {
    command = List.copyOf(command);
  }
}
