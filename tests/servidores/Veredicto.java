import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.InputStream;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Uso: java Veredicto ARCHIVO NORMA...   Por cada norma escribe «CUMPLE norma» o «FALLA norma», y debajo cada regla que no se cumple. */
public class Veredicto {
  public static void main(String[] argumentos) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (int i = 1; i < argumentos.length; i++) {
      juzgar(argumentos[0], PDFAFlavour.byFlavourId(argumentos[i]));
    }
  }

  private static void juzgar(String archivo, PDFAFlavour norma) throws Exception {
    try (InputStream entrada = new BufferedInputStream(new FileInputStream(archivo));
        PDFAParser lector = Foundries.defaultInstance().createParser(entrada, norma)) {
      ValidationResult resultado = Foundries.defaultInstance().createValidator(norma, false).validate(lector);
      System.out.println((resultado.isCompliant() ? "CUMPLE " : "FALLA ") + norma.getId());
      TreeMap<String, String> fallas = new TreeMap<>();
      for (TestAssertion prueba : resultado.getTestAssertions()) {
        if (prueba.getStatus() == TestAssertion.Status.FAILED) {
          String regla = prueba.getRuleId().getClause() + "-" + prueba.getRuleId().getTestNumber();
          fallas.putIfAbsent(regla, prueba.getMessage() + " @ " + prueba.getLocation().getContext());
        }
      }
      fallas.forEach((regla, mensaje) -> System.out.println("  " + regla + ": " + mensaje.replace('\n', ' ')));
    }
  }
}
