package updategateway.region.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import updategateway.place.IpAddress;

/**
 * Writes small databases in the MaxMind DB format, version 2.0, from its specification: a binary
 * tree of networks with records of 32 bits, the data behind it, the metadata at the end.
 */
public final class MmdbWriter {
  private static final byte[] MARKER = {
    (byte) 0xab, (byte) 0xcd, (byte) 0xef, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
  };
  private static final int EXTENDED = 7;
  private static final int STRING = 2;
  private static final int DOUBLE = 3;
  private static final int BYTES = 4;
  private static final int UINT16 = 5;
  private static final int UINT32 = 6;
  private static final int MAP = 7;
  private static final int INT32 = 8;
  private static final int UINT64 = 9;
  private static final int UINT128 = 10;
  private static final int ARRAY = 11;
  private static final int BOOLEAN = 14;
  private static final int FLOAT = 15;

  private final String type;
  private final int ipVersion;
  private final Node root = new Node();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final Map<Object, Integer> offsets = new LinkedHashMap<>();
  private @Nullable Instant builtAt = Instant.parse("2026-06-17T00:00:00Z");

  private static final class Node {
    final @Nullable Node[] children = new @Nullable Node[2];
    int data = -1;
  }

  /**
   * @param type what it says that it is, such as {@code GeoIP2-Country}
   * @param ipVersion 4, or 6 for both
   */
  public MmdbWriter(String type, int ipVersion) {
    this.type = type;
    this.ipVersion = ipVersion;
  }

  /** When it says that it was made; null for not at all. */
  public MmdbWriter builtAt(@Nullable Instant time) {
    builtAt = time;
    return this;
  }

  /**
   * Adds a network that is in no other.
   *
   * @param range such as {@code 8.8.8.0/24} or {@code 2001:4860::/32}
   * @param value a map, list, text, number, truth value or bytes; {@link #rawText} for a text that
   *     need not be UTF-8
   */
  public MmdbWriter put(String range, Object value) {
    int slash = range.indexOf('/');
    IpAddress address = IpAddress.parse(range.substring(0, slash)).orElseThrow();
    int length = Integer.parseInt(range.substring(slash + 1));
    byte[] bytes = address.bytes();
    if (ipVersion == 6 && !address.ipv6()) {
      bytes = ByteBuffer.allocate(16).position(12).put(bytes).array();
      length += 96;
    }
    Node node = root;
    for (int bit = 0; bit < length; bit++) {
      int side = (bytes[bit / 8] >> (7 - bit % 8)) & 1;
      Node next = node.children[side];
      if (next == null) {
        next = new Node();
        node.children[side] = next;
      }
      node = next;
    }
    node.data =
        offsets.computeIfAbsent(
            value,
            _ -> {
              int offset = data.size();
              write(value, data);
              return offset;
            });
    return this;
  }

  /** Adds bytes to the data section that no record uses. */
  public MmdbWriter pad(int bytes) {
    data.writeBytes(new byte[bytes]);
    return this;
  }

  /** A text that is written as these bytes, whatever they are. */
  public static Object rawText(int... bytes) {
    return new RawText(Arrays.stream(bytes).boxed().toList());
  }

  private record RawText(List<Integer> bytes) {}

  /** A flat record, as the sets of ip-location-db have it. */
  public MmdbWriter flat(String range, String country) {
    return put(range, Map.of("country_code", country));
  }

  /** The file's bytes. */
  public byte[] bytes() {
    Map<Node, Integer> numbers = new LinkedHashMap<>();
    number(root, numbers);
    ByteBuffer tree = ByteBuffer.allocate(numbers.size() * 8);
    numbers
        .keySet()
        .forEach(node -> {
          for (Node child : node.children) {
            if (child == null) {
              tree.putInt(numbers.size());
            } else if (child.data >= 0) {
              tree.putInt(numbers.size() + 16 + child.data);
            } else {
              tree.putInt(numbers.getOrDefault(child, 0));
            }
          }
        });
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(tree.array());
    file.writeBytes(new byte[16]);
    file.writeBytes(data.toByteArray());
    file.writeBytes(MARKER);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("binary_format_major_version", (short) 2);
    metadata.put("binary_format_minor_version", (short) 0);
    if (builtAt != null) {
      metadata.put("build_epoch", builtAt.getEpochSecond());
    }
    metadata.put("database_type", type);
    metadata.put("description", Map.of("en", "made by a test"));
    metadata.put("ip_version", (short) ipVersion);
    metadata.put("languages", List.of());
    metadata.put("node_count", numbers.size());
    metadata.put("record_size", (short) 32);
    write(metadata, file);
    return file.toByteArray();
  }

  /** Writes the file. */
  public Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  private static void number(Node node, Map<Node, Integer> numbers) {
    numbers.put(node, numbers.size());
    for (Node child : node.children) {
      if (child != null && child.data < 0) {
        number(child, numbers);
      }
    }
  }

  private static void write(Object value, ByteArrayOutputStream out) {
    switch (value) {
      case Map<?, ?> map -> {
        control(MAP, map.size(), out);
        map.forEach((key, member) -> {
          write(key, out);
          write(member, out);
        });
      }
      case List<?> list -> {
        control(ARRAY, list.size(), out);
        list.forEach(item -> write(item, out));
      }
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        control(STRING, bytes.length, out);
        out.writeBytes(bytes);
      }
      case RawText text -> {
        control(STRING, text.bytes().size(), out);
        text.bytes().forEach(out::write);
      }
      case byte[] bytes -> {
        control(BYTES, bytes.length, out);
        out.writeBytes(bytes);
      }
      case Double number -> number(DOUBLE, ByteBuffer.allocate(8).putDouble(number).array(), out);
      case Float number -> number(FLOAT, ByteBuffer.allocate(4).putFloat(number).array(), out);
      case Byte number -> number(INT32, ByteBuffer.allocate(4).putInt(number).array(), out);
      case BigInteger number ->
          number(UINT128, number.signum() == 0 ? new byte[0] : number.toByteArray(), out);
      case Boolean flag -> control(BOOLEAN, flag ? 1 : 0, out);
      case Short number -> number(UINT16, ByteBuffer.allocate(2).putShort(number).array(), out);
      case Integer number -> number(UINT32, ByteBuffer.allocate(4).putInt(number).array(), out);
      case Long number -> number(UINT64, ByteBuffer.allocate(8).putLong(number).array(), out);
      default -> throw new IllegalArgumentException("not written here: " + value.getClass());
    }
  }

  private static void number(int type, byte[] bytes, ByteArrayOutputStream out) {
    control(type, bytes.length, out);
    out.writeBytes(bytes);
  }

  private static void control(int type, int size, ByteArrayOutputStream out) {
    int written = Math.min(size, 29);
    out.write(type > EXTENDED ? written : (type << 5) | written);
    if (type > EXTENDED) {
      out.write(type - EXTENDED);
    }
    if (size >= 29 + 256) {
      throw new IllegalArgumentException("too long to be written here: " + size);
    }
    if (size >= 29) {
      out.write(size - 29);
    }
  }
}
