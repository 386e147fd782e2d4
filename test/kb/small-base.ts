import type { Article } from '../../src/core/article.ts';
import { articleOf } from './memory-bases.ts';

const one = (id: string, title: string, answer: string, examples: string[]): Article =>
  articleOf({ id, title, answer, examples, tags: [] });

/** A base that trains in a moment. */
export const smallBase: readonly Article[] = [
  one('internet-no-funciona', 'No funciona el internet', 'Reinicia el router y espera tres minutos.', [
    'no me funciona el internet',
    'se cayó el internet',
    'no tengo conexión en casa',
    'el wifi no conecta a nada',
    'estoy sin internet desde ayer',
  ]),
  one('internet-lento', 'Internet lento', 'Mide la velocidad con cable en fast.com.', [
    'el internet está muy lento',
    'las páginas tardan en abrir',
    'pago 300 megas y llegan 20',
    'los videos se quedan cargando',
    'la conexión va lentísima',
  ]),
  one('impresora-no-imprime', 'La impresora no imprime', 'Revisa el papel y vacía la cola de impresión.', [
    'la impresora no imprime',
    'mando a imprimir y no sale nada',
    'la impresora no responde',
    'sale la hoja en blanco',
    'se queda en cola de impresión',
  ]),
  one(
    'instalar-impresora',
    'Instalar una impresora',
    'Enchufa la impresora, abre Configuración, elige Agregar y descarga el controlador del fabricante.',
    [
      'cómo instalo una impresora',
      'quiero agregar una impresora',
      'poner la impresora en la computadora',
      'configurar impresora por primera vez',
      'dónde bajo el controlador',
    ],
  ),
  one('recuperar-cuenta', 'Recuperar la cuenta', 'Pulsa «Olvidé mi contraseña» y sigue el enlace.', [
    'olvidé mi contraseña',
    'no puedo entrar a mi cuenta',
    'me bloquearon la cuenta',
    'recuperar acceso',
    'perdí la clave de usuario',
  ]),
  one('ver-factura', 'Ver mi factura', 'Entra en Mi cuenta, Facturas.', [
    'dónde veo mi factura',
    'cuánto debo este mes',
    'no me llegó la factura',
    'descargar el recibo',
    'quiero la boleta de pago',
  ]),
  one('sin-sonido', 'No hay sonido', 'Sube el volumen y elige los parlantes.', [
    'no se escucha nada',
    'la computadora no tiene sonido',
    'los parlantes no suenan',
    'se fue el audio',
    'no oigo los videos',
  ]),
  one('pantalla-azul', 'Pantalla azul', 'Anota el código y reinicia en modo seguro.', [
    'me sale una pantalla azul',
    'windows se reinicia solo con error',
    'pantalla azul de la muerte',
    'se puso azul y se apagó',
    'error crítico de windows',
  ]),
];
