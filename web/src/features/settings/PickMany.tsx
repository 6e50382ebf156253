import { Select } from 'antd';

interface PickManyProps {
  readonly label: string;
  readonly value: readonly string[];
  readonly items: readonly { readonly id: string; readonly name: string }[];
  readonly disabled: boolean;
  onChange(value: string[]): void;
}

export function PickMany({ label, value, items, disabled, onChange }: PickManyProps) {
  return (
    <Select<string[]>
      mode="multiple"
      aria-label={label}
      disabled={disabled}
      showSearch={{ optionFilterProp: 'label' }}
      value={[...value]}
      options={items.map((item) => ({ value: item.id, label: item.name }))}
      style={{ width: '100%' }}
      onChange={onChange}
    />
  );
}
