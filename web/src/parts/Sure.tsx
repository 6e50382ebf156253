import { Popconfirm, type PopconfirmProps } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface SureProps extends Pick<PopconfirmProps, 'description' | 'okText' | 'okButtonProps' | 'disabled'> {
  readonly title: string;
  /** The button that asks for it. */
  readonly children: ReactNode;
  onConfirm(): void;
}

/** Asks once more. “Cancel” has the focus, so that a key held too long does no harm, and the button has it again afterwards. */
export function Sure({ title, children, ...rest }: SureProps) {
  const { t } = useTranslation();
  const before = useRef<Element | null>(null);
  const change = (open: boolean): void => {
    if (open) before.current = document.activeElement;
    else if (before.current instanceof HTMLElement) before.current.focus();
  };
  return (
    <Popconfirm
      {...rest}
      title={<Asked>{title}</Asked>}
      cancelText={t('common.cancel')}
      destroyOnHidden
      onOpenChange={change}
    >
      {children}
    </Popconfirm>
  );
}

function Asked({ children }: { readonly children: string }) {
  const own = useRef<HTMLSpanElement>(null);
  useEffect(() => own.current?.closest('.ant-popconfirm')?.querySelector('button')?.focus(), []);
  return <span ref={own}>{children}</span>;
}
