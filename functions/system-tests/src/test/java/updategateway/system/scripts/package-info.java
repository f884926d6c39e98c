/** The scripts themselves, with stand-ins for Java and Maven. */
@org.jspecify.annotations.NullMarked
package updategateway.system.scripts;
