package updategateway.packaging;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which services classes may ask Java for: in a module, Java answers only about those that the
 * module says it uses, and throws where it would have said that there are none.
 *
 * <p>It takes for one whatever abstract class or interface is named as an object by a class that
 * calls {@link ServiceLoader}, or by one that calls such a class. That is more than are asked for,
 * which does no harm.
 */
final class ServiceScanner {
  private static final String LOADER = ServiceLoader.class.getName().replace('.', '/');

  private final List<ClassModel> classes = new ArrayList<>();
  private final Set<String> concrete = new HashSet<>();
  private final Set<String> askers = new HashSet<>();

  /** Takes a class into account, by the bytes of its file. */
  void in(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    classes.add(model);
    String name = model.thisClass().asInternalName();
    if (!model.flags().has(AccessFlag.ABSTRACT)) {
      concrete.add(name);
    }
    if (mentions(model, Set.of(LOADER))) {
      askers.add(name);
    }
  }

  /** Their names, as in Java's sources. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (ClassModel model : classes) {
      if (askers.contains(model.thisClass().asInternalName()) || mentions(model, askers)) {
        for (MethodModel method : model.methods()) {
          method.code().ifPresent(code -> code.forEach(element -> add(element, names)));
        }
      }
    }
    return names;
  }

  private void add(CodeElement element, Set<String> names) {
    if (element instanceof ConstantInstruction constant
        && constant.constantValue() instanceof ClassDesc named
        && named.isClassOrInterface()) {
      String descriptor = named.descriptorString();
      String name = descriptor.substring(1, descriptor.length() - 1);
      if (!concrete.contains(name) && !isConcreteInJava(name.replace('/', '.'))) {
        names.add(name.replace('/', '.'));
      }
    }
  }

  private static boolean isConcreteInJava(String name) {
    try {
      Class<?> known = Class.forName(name, false, ClassLoader.getPlatformClassLoader());
      return !Modifier.isAbstract(known.getModifiers());
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static boolean mentions(ClassModel model, Set<String> names) {
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ClassEntry mentioned && names.contains(mentioned.asInternalName())) {
        return true;
      }
    }
    return false;
  }
}
