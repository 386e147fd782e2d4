import { useEffect, useRef } from 'react';

/** The longer side it is drawn with: as sharp as a phone's screen shows it. */
const maxSide = 640;

/**
 * A picture that this page has the bytes of, drawn here: no address of it exists.
 * @param onFail it is none that this browser can show
 */
export function LocalPicture(props: {
  readonly blob: Blob;
  readonly label: string;
  readonly className?: string | undefined;
  readonly onFail: () => void;
}) {
  const { blob, label, className } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const fail = useRef(props.onFail);
  useEffect(() => {
    fail.current = props.onFail;
  });
  useEffect(() => {
    let wanted = true;
    createImageBitmap(blob).then(
      (picture) => {
        const target = canvas.current;
        if (wanted && target !== null) {
          const scale = Math.min(1, maxSide / Math.max(picture.width, picture.height));
          target.width = Math.max(1, Math.round(picture.width * scale));
          target.height = Math.max(1, Math.round(picture.height * scale));
          target.getContext('2d')?.drawImage(picture, 0, 0, target.width, target.height);
        }
        picture.close();
      },
      () => {
        if (wanted) fail.current();
      },
    );
    return () => {
      wanted = false;
    };
  }, [blob]);
  return <canvas ref={canvas} role="img" aria-label={label} className={className} />;
}
